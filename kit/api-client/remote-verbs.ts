import type { SplitView } from '../api/split.ts'
import type { Task } from '../api/tasks.ts'
import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import { confirm } from '../cli/confirm.ts'
import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import type { CanaryView } from '../commands/canary-status.ts'
import { connectionTo } from './connection.ts'
import { followTask } from './follow-task.ts'
import { type RemoteChange, remoteChanges } from './remote-changes.ts'
import { remoteReading } from './remote-reading.ts'

/** What does a verb by the API of a control. Throws a Failure of usage where it cannot. */
export function remoteVerb(name: string, asked: Asked): Act {
  if (asked.flag('dry-run')) throw usage('--dry-run asks the engine: it cannot go with --api.')
  const change = remoteChanges[name]
  if (change) return changing(change)
  const read = remoteReading[name]
  if (read) return read
  const there = [...Object.keys(remoteReading), ...Object.keys(remoteChanges)].join(', ')
  throw usage(`"swarm ${name}" asks the engine, not an API. With --api there are ${there}.`)
}

function changing({ method = 'POST', path, bodyOf, question }: RemoteChange): Act {
  return async (asked, context) => {
    const { stack } = askedStack(asked, context)
    const app = `/v1/apps/${stack}`
    const body = bodyOf(asked)
    const api = connectionTo(asked, context)
    const asking = question?.(asked, stack)
    if (asking !== undefined) await confirm(asking, asked, context)
    const answer = await api.ask<Task | SplitView>(method, app + path, body)
    if ('command' in answer) return followTask(app, answer.id, api, context)
    const view = await api.ask<CanaryView>('GET', `${app}/canary`)
    context.terminal.say(`${view.history.at(-1)?.said}\n`)
    return 0
  }
}
