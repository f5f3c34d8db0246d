import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { steadyLoad, summary } from '../../bench/steady-load.ts'
import { until } from '../until.ts'

test('visits are counted by answer, and one without an answer as none', async () => {
  const asked = new Set<string | undefined>()
  const server = createServer((req, res) => {
    asked.add(req.url)
    if (req.url === '/reset') req.destroy()
    else res.writeHead(req.url === '/error' ? 502 : 200).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const load = steadyLoad([`${site}/`, `${site}/error`, `${site}/reset`], 200)
  await until(async () => asked.size === 3, 'each URL to be visited')
  const { visits, failed, statuses } = await load.stop()
  server.close()
  assert.deepEqual(Object.keys(statuses).sort(), ['200', '502', 'none'])
  assert.equal(visits, (statuses['200'] ?? 0) + failed)
  assert.equal(failed, (statuses['502'] ?? 0) + (statuses.none ?? 0))
})

test('times are those of all visits, and failing lasts from the first failure to the last', () => {
  const visits = Array.from({ length: 100 }, (_, number) => ({
    at: number * 100,
    milliseconds: 100 - number,
    status: number >= 10 && number <= 30 ? '502' : '200',
  }))
  const { p50, p99, slowest, failed, failingSeconds } = summary(visits)
  assert.deepEqual({ p50, p99, slowest }, { p50: 50, p99: 99, slowest: 100 })
  assert.deepEqual({ failed, failingSeconds }, { failed: 21, failingSeconds: 2 })
})
