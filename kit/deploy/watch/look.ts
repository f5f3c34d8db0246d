import type { SwarmService } from '../../swarm/services.ts'
import { isOver, isWanted } from '../../swarm/tasks.ts'
import { type Memory, remember } from './memory.ts'
import { isMadeFrom } from './same-spec.ts'
import type { Snapshot, WatchedTask } from './snapshot.ts'
import { type Trouble, troubleOf } from './trouble.ts'

/** A service that is waited for. */
export interface Awaited {
  /** As Swarm has it: `dogfood-production_site-webapp`. */
  readonly name: string
  /** Instances that are wanted; without it, one on each node that suits. */
  readonly count?: number
}

/** How far a service is. */
export interface Standing {
  readonly name: string
  readonly component: string
  readonly kind: string
  readonly count: number
  /** What runs as it was asked for. */
  readonly running: readonly WatchedTask[]
  /** What is on its way to that. */
  readonly rising: readonly WatchedTask[]
  /** What still runs of before. */
  readonly old: readonly WatchedTask[]
  /** The swarm has nothing left to do for it. */
  readonly settled: boolean
  readonly trouble?: Trouble
}

export interface Look {
  readonly memory: Memory
  readonly standings: readonly Standing[]
}

// Longer than the swarm needs to give a global service its tasks.
const NO_TASK_MS = 10_000
const STEADY_MS = 2000

/** What a snapshot says of the services that are waited for. */
export function look(snapshot: Snapshot, awaited: readonly Awaited[], before: Memory, now: number): Look {
  const memory = remember(before, snapshot, now)
  return { memory, standings: awaited.map((one) => standingOf(one, snapshot, memory, now)) }
}

function standingOf(awaited: Awaited, { services, tasks }: Snapshot, memory: Memory, now: number): Standing {
  const service = services.find(({ name }) => name === awaited.name)
  if (service === undefined) return missing(awaited)
  const own = tasks.filter((task) => task.service === service.id)
  const alive = own.filter((task) => !isOver(task))
  const isNew = (task: WatchedTask) => isMadeFrom(task.spec, service.spec.TaskTemplate)
  const wanted = alive.filter(isWanted)
  const running = wanted.filter((task) => task.state === 'running' && isNew(task))
  const rising = wanted.filter((task) => task.state !== 'running' && isNew(task))
  const old = alive.filter((task) => task.state === 'running' && !running.includes(task))
  const count = awaited.count ?? new Set(wanted.map(({ node }) => node)).size
  const trouble = troubleOf(service, own, memory, now) ?? nowhere(awaited, own, memory, now)
  return {
    name: service.name,
    component: service.component || service.name,
    kind: service.kind,
    count,
    running,
    rising,
    old,
    settled:
      isQuiet(service) &&
      wanted.length === running.length &&
      enough(awaited, running.length) &&
      (service.update?.state === 'completed' || running.every((task) => isSteady(task, memory, now))),
    ...(trouble && { trouble }),
  }
}

/** An update was watched by the swarm; whether a task of a first deploy ends at once has to be seen here. */
const isSteady = ({ id }: WatchedTask, { before, seen }: Memory, now: number): boolean =>
  before.has(id) || now - (seen.get(id)?.since ?? now) >= STEADY_MS

const isQuiet = ({ update }: SwarmService): boolean => update === undefined || update.state === 'completed'

const enough = ({ count }: Awaited, running: number): boolean =>
  count === undefined ? running > 0 : running === count

function nowhere(
  { count }: Awaited,
  tasks: readonly WatchedTask[],
  { begun }: Memory,
  now: number,
): Trouble | undefined {
  if (count !== undefined || tasks.length > 0 || now - begun < NO_TASK_MS) return undefined
  return { kind: 'stuck', reason: 'has no node that suits it' }
}

const missing = ({ name, count = 0 }: Awaited): Standing => ({
  name,
  component: name,
  kind: '',
  count,
  running: [],
  rising: [],
  old: [],
  settled: false,
})
