import { type Counters, noCounters } from '../../../kit/analysis/counters.ts'
import type { Interval } from '../../../kit/analysis/window.ts'
import type { CheckResult } from '../../../kit/canary/check.ts'
import { begin, type Canary } from '../../../kit/canary/state.ts'
import type { KeptState } from '../../../kit/canary/store.ts'
import type { Counted } from '../../../kit/control/balancers.ts'
import { type Control, Steersman } from '../../../kit/control/control.ts'
import type { Question } from '../../../kit/control/question.ts'
import { LABELS } from '../../../kit/swarm/labels.ts'
import type { SwarmService } from '../../../kit/swarm/services.ts'
import type { Task } from '../../../kit/swarm/tasks.ts'

export const canary = (terms: Partial<Canary> = {}): Canary => ({
  ...begin({
    id: 'c0ffee00',
    component: 'site/webapp',
    image: `registry/webapp:2@sha256:${'a'.repeat(64)}`,
    from: 3,
    who: 'ada',
    why: 'a test',
    begun: new Date(0).toISOString(),
    steps: [5, 50, 100],
    holdMs: 10_000,
    limits: { errorsPercent: 1, p95Factor: 1.2 },
    allow: [],
    manual: false,
    salt: 'ab'.repeat(24),
  }),
  ...terms,
})

const task = (id: string, service: string, image: string): Task => ({
  id,
  service,
  slot: 1,
  node: 'n1',
  state: 'running',
  wanted: 'running',
  since: new Date(0).toISOString(),
  createdAt: '',
  updatedAt: '',
  message: '',
  error: '',
  image,
  container: '',
})

export const service = (kind: string, name = kind, component = 'site/webapp'): SwarmService => {
  const labels = { [LABELS.kind]: kind }
  return {
    id: name,
    name,
    component,
    kind,
    labels,
    replicas: 2,
  } as unknown as SwarmService
}

/** A check that was begun. */
interface Asked {
  readonly text: string
  readonly question: Question
  readonly signal: AbortSignal
}

/** A swarm in memory with a canary of two instances, and all that a control does to it. */
export function swarm(first: Canary) {
  const seen = {
    ...{ words: [] as string[], told: [] as string[], asked: [] as Asked[] },
    ...{ removed: 0, promoted: 0, records: 0, tidied: 0 },
  }
  const states: KeptState[] = [{ number: 1, canary: first, who: 'ada', when: stamp(0), id: 's1' }]
  const here = {
    at: 0,
    services: [service('canary'), service('component')],
    ready: true,
    /** By the balancers. */
    seen: true,
    /** Whether one of them does. */
    answers: true,
    /** That the tasks of the canary have. */
    image: first.image,
    /** Instances that balancers find ready. */
    up: { canary: 2, old: 2 },
    idle: true,
    counters: { canary: noCounters, old: noCounters },
    earlier: [] as readonly Interval[],
    /** Whether the swarm keeps nothing that was seen. */
    isFull: false,
    /** How each check ends, by its text; one that is not there does not end. */
    checks: {} as Record<string, CheckResult>,
    /** What becomes of a promotion. */
    promotion: { kind: 'promoted' } as Awaited<ReturnType<Control['work']['promote']>>,
  }
  const control: Control = {
    stack: 'app',
    now: () => new Date(here.at),
    tell: (_, line) => void seen.told.push(line),
    store: {
      read: async () => [...states],
      write: async (number, next) => {
        if (states.some((state) => state.number === number)) return false
        states.push({ number, canary: next, who: 'control', when: stamp(here.at), id: `s${number}` })
        return true
      },
    },
    engine: {
      configs: async () => [],
      services: async () => here.services,
      tasks: async (name) =>
        here.ready ? [1, 2].map((slot) => task(`${name}${slot}`, name, here.image)) : [],
    },
    balancers: {
      steer: async (word) => void seen.words.push(word),
      see: async () => here.ready && here.seen && here.answers,
      isIdle: async () => here.idle,
      read: async (): Promise<Counted> => ({
        reading: new Map(here.answers ? [['b', here.counters]] : []),
        flaps: new Map(),
        ready: new Map(here.answers ? [['b', here.up]] : []),
      }),
    },
    work: {
      promote: async () => {
        seen.promoted++
        return here.promotion
      },
      removeCanaries: async () => {
        seen.removed++
        here.services = here.services.filter(({ kind }) => kind !== 'canary')
        return true
      },
      check: (_, text, question, signal) => {
        seen.asked.push({ text, question, signal })
        const result = here.checks[text]
        return result ? Promise.resolve(result) : new Promise(() => {})
      },
      keepRecord: async () => {
        if (here.isFull) throw new Error('config is too large')
        seen.records++
      },
      keepEarlier: async (_, intervals) => {
        if (here.isFull) throw new Error('config is too large')
        here.earlier = intervals
      },
      readEarlier: async () => here.earlier,
      tidy: async () => ++seen.tidied > 0,
    },
  }
  return { seen, states, here, control, steersman: new Steersman(control) }
}

const stamp = (at: number): string => new Date(at).toISOString()

/** Counters after so many more requests, a share of which failed. */
export function after(before: Counters, requests: number, failed = 0): Counters {
  const latency = before.latency.map((count, bucket) => (bucket === 10 ? count + requests : count))
  return { requests: before.requests + requests, failed: before.failed + failed, latency }
}
