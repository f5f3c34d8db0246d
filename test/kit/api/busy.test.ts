import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { defaultRates } from '../../../kit/api/admission.ts'
import { Gone } from '../../../kit/api/turns.ts'
import { writeState } from '../../../kit/canary/store.ts'
import type { Act } from '../../../kit/cli/verb.ts'
import { until } from '../../until.ts'
import { canary } from '../control/parts.ts'
import { type RunningApi, runningApi, STACK, secretOf } from './running-api.ts'

const app = `/v1/apps/${STACK}`
const stepping = canary({ phase: { kind: 'stepping', index: 0, since: '2026-11-21T18:00:00.000Z' } })
// Fewer than the rate allows, so that those after them are not refused for it.
const READS = 50
const TAKEN = 22

/** An API whose status takes until the end of the test, with a canary under way. */
async function slowApi(t: TestContext) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const status: Act = async (_, { terminal }) => {
    await promise
    terminal.say('{}')
    return 0
  }
  const abort: Act = async () => 0
  const running = await runningApi(t, { rates: defaultRates, acts: { status, 'canary abort': abort } })
  await running.inSwarm(() => writeState(STACK, 7, stepping, 'ada'))
  return { ...running, answerAll: resolve }
}

/** More readings at once than may wait; their statuses, once all but those that wait are answered. */
async function readAll({ url }: RunningApi) {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${secretOf('read')}` }
  const refused: (string | null)[] = []
  const reads = Array.from({ length: READS }, async () => {
    const answer = await fetch(url + app, { headers, signal: leaving.signal })
    if (answer.status === 503) refused.push(answer.headers.get('retry-after'))
    return answer.status
  })
  const statuses = Promise.allSettled(reads)
  await until(async () => refused.length === READS - TAKEN, 'the refusals')
  return { refused, statuses, leave: () => leaving.abort() }
}

/** Whether as many can wait as ever do. */
async function hasAllPlaces({ api }: RunningApi): Promise<boolean> {
  const probe = new AbortController()
  const places = Array.from({ length: 20 }, () => api.turns.take(async () => {}, probe.signal))
  probe.abort()
  const ends = await Promise.allSettled(places)
  return ends.every((end) => end.status === 'rejected' && end.reason instanceof Gone)
}

test('however many look, an operator stops a canary', async (t) => {
  const running = await slowApi(t)
  const { call, answerAll } = running
  const { refused, statuses } = await readAll(running)
  assert.deepEqual([...new Set(refused)], ['2'])
  assert.equal(
    (await call('read', 'GET', `${app}/split`)).status,
    503,
    'who only looks waits with those who look',
  )
  for (const [method, path, body, status] of [
    ['GET', '/split', undefined, 200],
    ['POST', '/canary/pause', {}, 200],
    ['PUT', '/split', { percent: 0 }, 200],
    ['POST', '/scale', { component: 'webapp', instances: 4 }, 202],
    ['POST', '/canary/abort', {}, 202],
  ] as const)
    assert.equal((await call('operate', method, app + path, body)).status, status, `${method} ${path}`)
  answerAll()
  const answered = (await statuses).filter((one) => one.status === 'fulfilled' && one.value === 200)
  assert.equal(answered.length, TAKEN)
})

test('who goes away makes room for others, and is no error', async (t) => {
  const running = await slowApi(t)
  const { call, answerAll, performed, written } = running
  const { statuses, leave } = await readAll(running)
  const lines = written.length
  leave()
  await statuses
  await until(() => hasAllPlaces(running), 'the places of who went away')
  const next = call('deploy', 'GET', app)
  answerAll()
  assert.equal((await next).status, 200)
  assert.equal(performed.filter(({ verb }) => verb === 'status').length, 3)
  assert.equal(written.length, lines)
})

test('a change that was made is not answered as if there had been no room for it', async (t) => {
  const { call } = await slowApi(t)
  const pauses = Array.from({ length: 30 }, () => call('operate', 'POST', `${app}/canary/pause`))
  const answers = await Promise.all(pauses)
  const statuses = answers.map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, 1)
  const busy = answers.filter(({ status }) => status === 503)
  assert.ok(busy.length > 0)
  for (const { headers } of busy) assert.equal(headers.get('retry-after'), '1')
  assert.deepEqual([...new Set(statuses)].sort(), [200, 409, 503])
  const audit = (await (await call('read', 'GET', `${app}/audit`)).json()) as { outcome: string }[]
  assert.equal(audit.filter(({ outcome }) => outcome === 'done').length, 1)
})
