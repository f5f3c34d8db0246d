import { createHash } from 'node:crypto'
import { advance } from '../../../kit/canary/advance.ts'
import type { CanaryEvent } from '../../../kit/canary/event.ts'
import { begin, type Canary } from '../../../kit/canary/state.ts'
import type { Visitor } from '../../../kit/canary/visitor.ts'

export const START = new Date('2026-11-21T18:00:00.000Z')

/** So many seconds after the start. */
export const at = (seconds: number): Date => new Date(START.getTime() + seconds * 1000)

export const canary = (changes: Partial<Canary> = {}): Canary => ({
  ...begin({
    id: 'c7',
    component: 'webapp',
    image: `registry:5000/dogfood-webapp:1.4@sha256:${'ab'.repeat(32)}`,
    from: 12,
    who: 'ann@host',
    why: 'the search is faster',
    begun: START.toISOString(),
    steps: [1, 5, 25, 50, 100],
    holdMs: 120_000,
    limits: { errorsPercent: 1, p95Factor: 1.2 },
    allow: [],
    manual: false,
    salt: 'k3f9a1',
  }),
  ...changes,
})

export const content: CanaryEvent = { kind: 'verdict', verdict: { kind: 'content' } }
export const waiting: CanaryEvent = { kind: 'verdict', verdict: { kind: 'waiting' } }
export const worse: CanaryEvent = {
  kind: 'verdict',
  verdict: { kind: 'worse', evidence: ['errors 3.1 %, 0.1 % with the old version'] },
}

/** The canary after all events, each so many seconds after the start; refused and idle ones leave it as it is. */
export function after(start: Canary, ...events: readonly (readonly [seconds: number, event: CanaryEvent])[]) {
  return events.reduce((current, [seconds, event]) => {
    const outcome = advance(current, event, at(seconds))
    return outcome.kind === 'moved' ? outcome.canary : current
  }, start)
}

/** Somebody with a browser; ids of different numbers have nothing in common. */
export const visitor = (number: number, changes: Partial<Visitor> = {}): Visitor => ({
  id: createHash('md5').update(`visitor ${number}`).digest('hex'),
  address: '203.0.113.7',
  headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
  cookies: {},
  ...changes,
})

/** Numbers from 0 to below 1, the same ones for a seed: https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
