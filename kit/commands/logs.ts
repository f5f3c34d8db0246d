import type { Asked } from '../cli/asked.ts'
import { askedApp } from '../cli/asked-app.ts'
import type { Context } from '../cli/context.ts'
import { namedComponents } from '../cli/named-components.ts'
import { usage } from '../cli/parse.ts'
import { untilEnded } from '../cli/until-ended.ts'
import type { Act } from '../cli/verb.ts'
import { stackName } from '../compile/names.ts'
import { followLogs } from '../logs/follow-logs.ts'
import { type LogLine, type Readable, readable, sayLine } from '../logs/line.ts'
import { readLogs, type Wanted } from '../logs/read-logs.ts'
import { since } from '../logs/since.ts'
import { readNodes } from '../swarm/nodes.ts'
import { readServices } from '../swarm/services.ts'
import { readTasks } from '../swarm/tasks.ts'

const TAIL = 100
// As many as Swarm keeps.
const ENDED = 5

export const logs: Act = async (asked, context) => {
  const { app, environment } = askedApp(asked, context)
  const { terminal } = context
  const end = untilEnded(context)
  const find = () => findTasks(stackName(app.name, environment), asked.words)
  const wanted = askedLines(asked, context)
  const print = (line: LogLine) =>
    terminal.say(asked.flag('json') ? `${JSON.stringify(line)}\n` : sayLine(line))
  if (asked.flag('follow')) await followLogs(find, wanted, print, end)
  else {
    const { lines, missing } = await readLogs(await find(), wanted, end)
    for (const line of lines) print(line)
    for (const one of missing) complainOf(one, context)
  }
  return 0
}

async function findTasks(stack: string, words: readonly string[]): Promise<Readable[]> {
  const [services, tasks, nodes] = await Promise.all([
    readServices(stack),
    readTasks(stack, ENDED),
    readNodes(),
  ])
  const names = services.map(({ component, name }) => component || name)
  const wanted = new Set(namedComponents(words, [...new Set(names)]))
  return readable(
    services.filter(({ component, name }) => wanted.has(component || name)),
    tasks,
    nodes,
  )
}

function askedLines(asked: Asked, { now }: Context): Wanted {
  const [from, tail] = [asked.text('since'), asked.text('tail')]
  if (tail !== undefined && !/^\d+$/.test(tail)) throw usage(`--tail takes a number of lines, not "${tail}".`)
  return {
    ...(from !== undefined && { since: since(from, now()) }),
    ...(tail !== undefined ? { tail: Number(tail) } : from === undefined && { tail: TAIL }),
  }
}

function complainOf({ source, task }: Readable, { terminal }: Context): void {
  const { component, instance, node } = source
  terminal.complain(
    `Missing: what ${component}${instance > 0 ? `.${instance}` : ''} wrote, as ${node} does not answer for it. ` +
      `Try \`docker service logs ${task.id.slice(0, 12)}\`.\n`,
  )
}
