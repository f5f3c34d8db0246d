import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { runOnce } from '../../../kit/deploy/run-once.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { screen } from '../cli/screen.ts'
import { inTurn, NO_LEADER } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { service, stackOf } from './stacks.ts'

/** A state of the job's task as Swarm has it, with an exit code; `silent` while the swarm does not answer. */
export type Moment = 'silent' | readonly [state: string, exitCode?: number, message?: string]

const task = ([state, ExitCode, Message = state]: Exclude<Moment, 'silent'>): object => ({
  ...{ ID: 'task', CreatedAt: '', UpdatedAt: '', Spec: {}, ServiceID: 'job', Slot: 1, NodeID: 'node' },
  DesiredState: 'complete',
  Status: { Timestamp: '', State: state, Message, ContainerStatus: { ContainerID: 'c', ExitCode } },
})

// Its name, which is another one each time, is in the stack.
const inspected = {
  ...{ ID: 'job', Version: { Index: 1 }, CreatedAt: '', UpdatedAt: '' },
  Spec: { Name: 'app-lab_NAME', TaskTemplate: {}, Mode: { ReplicatedJob: { TotalCompletions: 1 } } },
}

const NAME = '[a-z]*-run-[0-9a-f]*'
const HERE = '"$(dirname "$0")"'

export interface JobSwarm {
  /** How the task is at each look. */
  readonly moments: readonly Moment[]
  /** What the log's follower does. */
  readonly log?: string
}

/** Runs a component once in a swarm whose task is so at each look; what came of it, and what was asked. */
export async function runIn(t: TestContext, { moments, log = ':' }: JobSwarm) {
  const look = (moment: Moment, index: number) =>
    moment === 'silent' ? NO_LEADER : `cp ${HERE}/task${index} ${HERE}/task; echo '${LISTED}'`
  const { folder, env, asked } = recordedSwarm(
    t,
    `'stack deploy'*) sed -n 's/^  \\(${NAME}\\):.*/\\1/p' > ${HERE}/name ;;
     'service ls'*) echo job ;;
     'service inspect'*) sed "s/NAME/$(cat ${HERE}/name 2>/dev/null)/" ${HERE}/service ;;
     'node ls'*) ;;
     ${inTurn('stack ps', [NOTHING, ...moments.map(look)])}
     'inspect --type task'*) cat ${HERE}/task ;;
     'service logs'*) ${log} ;;
     'service rm'*) ;;`,
  )
  writeFileSync(join(folder, 'service'), JSON.stringify([inspected]))
  for (const [index, moment] of moments.entries())
    if (moment !== 'silent') writeFileSync(join(folder, `task${index}`), JSON.stringify([task(moment)]))
  const { told, context } = screen()
  const stack = stackOf({ web: service('site/web') })
  const once = { name: 'app-lab', stack, key: 'web', command: [], seconds: 60, terminal: context.terminal }
  const [ended] = await Promise.allSettled([inEnvironment(env, () => runOnce(once))])
  return { ended, told, removed: asked().filter((line) => /^service rm app-lab_web-run-/.test(line)).length }
}

const LISTED = JSON.stringify({
  ID: 'task',
  Name: 'job.1',
  DesiredState: 'Complete',
  CurrentState: 'Running',
})
const NOTHING = 'echo "nothing found in stack: app-lab" >&2; exit 1'
