import { Gauge, type Registry } from 'prom-client'
import type { TaskJobs } from '../deliveries/redis-task-queue.ts'
import { inTime } from '../redis/in-time.ts'
import type { Measured } from './measured.ts'

const answerMilliseconds = 600

/** How many tasks there are, and how long the next of each state is there. Without an answer there is no number. */
export function addQueueMetrics(registry: Registry, queue: Measured['queue']): void {
  new Gauge({
    name: 'dogfood_queue_tasks',
    help: 'Tasks, by queue and state; every process that knows the queue tells the same.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      const counts = await queue()
        ?.counts()
        .catch(() => undefined)
      for (const [name, { waiting, active, retry, deadLetter }] of Object.entries(counts ?? {})) {
        const states = { waiting, active, retry, dead_letter: deadLetter }
        for (const [state, count] of Object.entries(states)) this.set({ queue: name, state }, count)
      }
    },
  })
  new Gauge({
    name: 'dogfood_queue_oldest_seconds',
    help: 'Since when the task is there whose turn is next, by queue and state; 0 without one.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      const ages = await inTime(answerMilliseconds, agesOf(queue()?.jobs ?? [])).catch(() => [])
      for (const { seconds, ...labels } of ages) this.set(labels, seconds)
    },
  })
}

type State = keyof typeof states

const states = {
  waiting: ['waiting', 'prioritized'],
  active: ['active'],
  retry: ['delayed'],
  dead_letter: ['failed'],
} as const

interface Age {
  readonly queue: string
  readonly state: State
  readonly seconds: number
}

function agesOf(queues: readonly TaskJobs[]): Promise<Age[]> {
  const asked = queues.flatMap((queue) =>
    (Object.keys(states) as State[]).map(async (state) => ({
      queue: queue.name,
      state,
      seconds: Math.max(...(await Promise.all(states[state].map((type) => firstAge(queue, type))))),
    })),
  )
  return Promise.all(asked)
}

async function firstAge(queue: TaskJobs, type: (typeof states)[State][number]): Promise<number> {
  const [first] = await queue.getJobs([type], 0, 0, true)
  return first ? Math.max(0, Date.now() - first.timestamp) / 1000 : 0
}
