import { setTimeout as wait } from 'node:timers/promises'
import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import type { Task } from '../../app/deliveries/task.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { median } from '../median.ts'
import { startEntry, startServer } from '../processes.ts'
import { type Redis, startRedis } from '../redis.ts'
import { signupSettings } from '../signup-settings.ts'

const people = 9_800
// Every so many of them asks three times, so that changes of one contact wait beside each other.
const oftenEvery = 98
const changesOfOften = 3
const concurrency = 50
const mostSeconds = 60
const mostDrains = 3
const addedAtOnce = 100
const patience = 300_000
const token = 'of the CRM'

/** How soon a worker has brought to the CRM what waited while nothing could be delivered. */
export const signupDrain: Benchmark = {
  title: 'Queued invite requests that one worker, started anew, brings to a healthy CRM',
  how: ({ rounds }) => `${drainsOf(rounds)} drains, WORKER_CONCURRENCY=${concurrency}.`,
  async run({ rounds }) {
    const drains: Drain[] = []
    while (drains.length < drainsOf(rounds)) drains.push(await drainOnce())
    return [rowOf(drains)]
  },
}

const drainsOf = (rounds: number): number => Math.min(rounds, mostDrains)

interface Drain {
  readonly seconds: number
  readonly calls: number
}

async function drainOnce(): Promise<Drain> {
  const [queue, cache, crm] = [await startRedis('queue'), await startRedis(), await startServer('crm', token)]
  try {
    await fill(queue)
    const settings = {
      ...signupSettings({ queue: queue.url, cache: cache.url }),
      CRM_URL: crm.url,
      CRM_TOKEN: token,
      WORKER_CONCURRENCY: String(concurrency),
    }
    const begun = performance.now()
    const worker = await startEntry('app/worker.ts', settings)
    try {
      const arrived = await untilArrived(crm.url)
      const seconds = (performance.now() - begun) / 1000
      checkOrder(arrived)
      return { seconds, calls: arrived.flat().length }
    } finally {
      await worker.stop()
    }
  } finally {
    for (const { stop } of [crm, cache, queue]) await stop()
  }
}

const changesOf = (person: number): number => (person % oftenEvery === 0 ? changesOfOften : 1)
const signups = Array.from({ length: people }, (_, person) =>
  Array.from({ length: changesOf(person) }, (_, change) => ({ person, change: change + 1 })),
).flat()

async function fill({ url }: Redis): Promise<void> {
  const queue = await openTaskQueue(url)
  const start = Date.now() - signups.length
  for (let from = 0; from < signups.length; from += addedAtOnce) {
    const some = signups.slice(from, from + addedAtOnce)
    await Promise.all(some.map((signup, number) => queue.add(taskOf(signup, start + from + number))))
  }
  await queue.close()
}

const taskOf = ({ person, change }: (typeof signups)[number], at: number): Task => ({
  id: `signup-${person}-${change}`,
  kind: 'request',
  request: {
    email: `visitor${person}@example.com`,
    name: `Visitor ${person}`,
    company: `Change ${change}`,
    purpose: '',
    at: new Date(at).toISOString(),
  },
})

/** Waits until the CRM has the last change of everybody; the changes that it saw, a list a contact. */
async function untilArrived(crm: string): Promise<string[][]> {
  const end = performance.now() + patience
  for (;;) {
    const arrived: Record<string, string[]> = await (await fetch(`${crm}/arrived`)).json()
    const isThere = (_: unknown, person: number) =>
      arrived[`visitor${person}@example.com`]?.at(-1) === `Change ${changesOf(person)}`
    const there = Array.from({ length: people }).filter(isThere).length
    if (there === people) return Object.values(arrived)
    if (performance.now() > end)
      throw new Error(`after ${patience / 1000} s the CRM has ${there} of ${people}`)
    await wait(200)
  }
}

function checkOrder(arrived: readonly (readonly string[])[]): void {
  const wrong = arrived.find((changes) =>
    changes.some((change, at) => at > 0 && change < (changes[at - 1] ?? '')),
  )
  if (wrong) throw new Error(`a contact was changed in the wrong order: ${wrong.join(', ')}`)
}

const rowOf = (drains: readonly Drain[]): Row => ({
  key: 'drained',
  name: `${signups.length.toLocaleString('en')} requests of ${people.toLocaleString('en')} people`,
  unit: 's',
  value: median(drains.map(({ seconds }) => seconds)),
  goal: { of: 'value', most: mostSeconds },
  facts: {
    signups: signups.length,
    contacts: people,
    callsToTheCrm: Math.round(median(drains.map(({ calls }) => calls))),
  },
})
