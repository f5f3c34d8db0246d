import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { runSite } from './process.ts'

test('SIGTERM: not ready, still serving, then exit 0, and no request is dropped', async (t) => {
  // Longer than all the waits below, on a busy machine too.
  const site = await runSite(t, { DRAIN_SECONDS: '4' })
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const seen: { status: number; connection: string | undefined }[] = []
  const failures: unknown[] = []
  let going = true
  const visitor = async () => {
    while (going) {
      await get(site.url, '/docs', agent).then(
        (answer) => seen.push(answer),
        (error: unknown) => failures.push(error),
      )
      await wait(2)
    }
  }
  const visitors = Array.from({ length: 8 }, visitor)
  await wait(200)
  assert.equal((await fetch(`${site.url}/readyz`)).status, 200)
  site.child.kill('SIGTERM')
  await wait(300)
  const ready = await fetch(`${site.url}/readyz`)
  assert.deepEqual([ready.status, ((await ready.json()) as { draining: boolean }).draining], [503, true])
  assert.equal((await fetch(`${site.url}/healthz`)).status, 200)
  await wait(400)
  // A balancer has seen "not ready" by now and sends nobody any more.
  going = false
  await Promise.all(visitors)
  assert.deepEqual(failures, [])
  assert.ok(seen.every(({ status }) => status === 200))
  assert.equal(seen.at(-1)?.connection, 'close')
  assert.deepEqual(await site.ended, [0, null])
})

test('a request under way when the process stops is finished', async (t) => {
  const site = await runSite(t)
  // The body of the form comes in halves, and the signal between them.
  const sent = request(`${site.url}/session`, {
    method: 'POST',
    headers: {
      origin: site.url,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': 8,
    },
  })
  const answer = new Promise<number | undefined>((resolve, reject) => {
    sent.on('response', (res) => resolve(res.resume().statusCode)).on('error', reject)
  })
  sent.write('name=')
  await wait(300)
  site.child.kill('SIGTERM')
  await wait(300)
  sent.end('Ann')
  assert.equal(await answer, 303)
  assert.deepEqual(await site.ended, [0, null])
})

test('a second signal ends the process at once', async (t) => {
  const site = await runSite(t, { DRAIN_SECONDS: '60' })
  site.child.kill('SIGTERM')
  await wait(200)
  site.child.kill('SIGTERM')
  assert.deepEqual(await site.ended, [1, null])
})

const get = (url: string, path: string, agent: Agent) =>
  new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
    request(url + path, { agent }, (res) => {
      res
        .resume()
        .on('end', () => resolve({ status: res.statusCode ?? 0, connection: res.headers.connection }))
    })
      .on('error', reject)
      .end()
  })
