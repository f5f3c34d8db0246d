import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import type { Context } from '../cli/context.ts'
import { usage } from '../cli/parse.ts'
import { untilEnded } from '../cli/until-ended.ts'
import type { Act } from '../cli/verb.ts'
import { findTasks } from '../logs/find-tasks.ts'
import { followLogs } from '../logs/follow-logs.ts'
import { type LogLine, sayLine } from '../logs/line.ts'
import { sayMissing } from '../logs/notices.ts'
import { readLogs, type Wanted } from '../logs/read-logs.ts'
import { since } from '../logs/since.ts'

const TAIL = 100

export const logs: Act = async (asked, context) => {
  const { stack } = askedStack(asked, context)
  const { terminal } = context
  const end = untilEnded(context)
  const find = () => findTasks(stack, asked.words)
  const wanted = askedLines(asked, context)
  const print = (line: LogLine) =>
    terminal.say(asked.flag('json') ? `${JSON.stringify(line)}\n` : sayLine(line))
  if (asked.flag('follow')) await followLogs(find, wanted, print, end)
  else {
    const { lines, missing } = await readLogs(await find(), wanted, end)
    for (const line of lines) print(line)
    for (const one of missing) terminal.complain(`${sayMissing(one)}\n`)
  }
  return 0
}

function askedLines(asked: Asked, { now }: Context): Wanted {
  const [from, tail] = [asked.text('since'), asked.text('tail')]
  if (tail !== undefined && !/^\d+$/.test(tail)) throw usage(`--tail takes a number of lines, not "${tail}".`)
  return {
    ...(from !== undefined && { since: since(from, now()) }),
    ...(tail !== undefined ? { tail: Number(tail) } : from === undefined && { tail: TAIL }),
  }
}
