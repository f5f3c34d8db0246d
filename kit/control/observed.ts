import {
  type Counters,
  difference,
  noCounters,
  type Reading,
  type Sides,
  withSilent,
} from '../analysis/counters.ts'
import type { Activity, Interval } from '../analysis/window.ts'
import type { Task } from '../swarm/tasks.ts'
import { isOver } from '../swarm/tasks.ts'

/** Everything that is counted of both versions, as read at one moment. */
export interface Moment {
  readonly reading: Reading
  /** Since a balancer started: how often an instance that was ready ceased to be, by balancer. */
  readonly flaps: ReadonlyMap<string, Sides<number>>
  /** Instances that a balancer finds ready, by balancer. */
  readonly ready: ReadonlyMap<string, Sides<number>>
  readonly tasks: Sides<readonly Task[]>
  /** How many instances the services are to have. */
  readonly wanted: Sides<number>
}

/** A moment in which balancers that gave no answer have what they counted last. */
export const withLast = (last: Moment, moment: Moment): Moment => ({
  ...moment,
  reading: withSilent(last.reading, moment.reading),
  flaps: withSilent(last.flaps, moment.flaps),
})

/** What lies between two moments. */
export function intervalBetween(before: Moment, after: Moment): Interval {
  const counted = difference(before.reading, after.reading)
  const side = (name: 'canary' | 'old'): Activity => ({
    ...noCounters,
    ...(counted[name] satisfies Counters),
    instances: after.wanted[name],
    flaps: flapsBetween(before, after, name),
    restarts: restartsBetween(before.tasks[name], after.tasks[name]),
  })
  return { canary: side('canary'), old: side('old') }
}

/** All balancers see the same instances, so the one that saw most of it counts. */
function flapsBetween({ flaps: before }: Moment, { flaps: after }: Moment, side: 'canary' | 'old'): number {
  const grown = [...after].map(([name, now]) => {
    const then = before.get(name)?.[side] ?? now[side]
    return now[side] >= then ? now[side] - then : now[side]
  })
  return Math.max(0, ...grown)
}

/** Instances that ended by themselves: what somebody scaled down or moved was told to. */
function restartsBetween(before: readonly Task[], after: readonly Task[]): number {
  const known = new Set(before.filter(endedByItself).map(({ id }) => id))
  return after.filter((task) => endedByItself(task) && !known.has(task.id)).length
}

const endedByItself = (task: Task): boolean =>
  isOver(task) && (task.state === 'failed' || task.state === 'rejected' || task.state === 'complete')
