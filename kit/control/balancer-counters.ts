import { type Counters, noCounters, type Sides } from '../analysis/counters.ts'
import { bucketCount } from '../analysis/latency-bounds.ts'

/** What a balancer says to this, countersIn reads. */
export const READ_COUNTERS = 'show table sides'

/** Places in the array of counters that haproxy.cfg keeps of each side. */
const REQUESTS = 0
const FAILED = 1
const LATENCY = 2

/** What a balancer counted of both sides since it started; undefined for one that does not count. */
export function countersIn(answer: string): Sides<Counters> | undefined {
  if (!/^# table: sides,/m.test(answer)) return undefined
  return { canary: countersOf('canary', answer), old: countersOf('old', answer) }
}

function countersOf(side: string, answer: string): Counters {
  // A side that nobody asked has no line.
  const [, line] = new RegExp(`^0x[0-9a-f]+: key=${side} (.*)$`, 'm').exec(answer) ?? []
  if (line === undefined) return noCounters
  const counts = new Map(
    [...line.matchAll(/\bgpc(\d+)=(\d+)/g)].map(([, index, count]) => [Number(index), Number(count)]),
  )
  const at = (index: number) => counts.get(index) ?? 0
  return {
    requests: at(REQUESTS),
    failed: at(FAILED),
    latency: Array.from({ length: bucketCount }, (_, bucket) => at(LATENCY + bucket)),
  }
}
