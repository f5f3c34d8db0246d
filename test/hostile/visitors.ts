import assert from 'node:assert/strict'
import { request } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'

/** What ordinary visitors met while something else went on. */
export interface Visits {
  readonly count: number
  /** Answers other than the wanted ones, and errors. */
  readonly failures: readonly string[]
  /** Milliseconds, as the next. */
  readonly slowest: number
  readonly median: number
}

interface Visit {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body?: string
}

// A page from the cache, a page for one visitor, and a form.
const visits: readonly Visit[] = [
  { method: 'GET', path: '/docs', status: 200 },
  { method: 'GET', path: '/session', status: 200 },
  { method: 'POST', path: '/session', status: 303, body: 'name=Ann' },
]

// Below what one address may do, with both ways to begin a session in a round.
const PACE_MS = 1200
const PATIENCE_MS = 20_000

/** Visits the site on a new connection each time, over and over, until `work` is done. */
export async function visitDuring<T>(url: string, work: Promise<T>): Promise<{ result: T; visits: Visits }> {
  const failures: string[] = []
  const state = { done: false }
  const times: number[] = []
  const result = work.finally(() => {
    state.done = true
  })
  // Its failure is told by the caller's `await`, not while the visits still go on.
  result.catch(() => {})
  do {
    for (const visit of visits) {
      const begun = performance.now()
      const met = await patiently(() => answerTo(url, visit))
      times.push(performance.now() - begun)
      if (met !== visit.status) failures.push(`${visit.method} ${visit.path}: ${met}`)
    }
    await Promise.race([result.catch(() => {}), sleep(PACE_MS)])
  } while (!state.done)
  const answered = await result
  const sorted = times.sort((one, other) => one - other)
  const [median = 0, slowest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  return { result: answered, visits: { count: times.length, failures, slowest, median } }
}

// The attackers' own handshakes are on this machine too: while they connect, single answers are late.
const SLOWEST_MS = 10_000
const MEDIAN_MS = 2000

/** Every visit was answered as it should be, and half of them at once. */
export function assertUnaffected({ failures, slowest, median }: Visits): void {
  assert.deepEqual(failures, [])
  assert.ok(slowest < SLOWEST_MS, `the slowest answer took ${slowest} ms`)
  assert.ok(median < MEDIAN_MS, `half of the answers took more than ${median} ms`)
}

/** Asks once more after a 503: on a busy machine a store can be late without anybody's doing. */
async function patiently(ask: () => Promise<number>): Promise<number | string> {
  const once = () => ask().catch((error: Error) => error.message)
  const met = await once()
  if (met !== 503) return met
  await sleep(PACE_MS)
  return once()
}

function answerTo(url: string, { method, path, body }: Visit): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const headers = {
    Origin: url,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': body?.length ?? 0,
  }
  const options = { method, headers: body ? headers : {}, agent: false, rejectUnauthorized: false }
  const sent = request(new URL(path, url), options, (answer) => {
    answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
  })
  sent.once('error', reject)
  sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`no answer in ${PATIENCE_MS} ms`)))
  sent.end(body)
  return promise
}
