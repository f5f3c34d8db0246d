import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'
import { type CountedFront, startCountedFront } from './counted-front.ts'
import { sumOf } from './scrape.ts'

const requests = 'dogfood_front_requests_total'

/** So many requests, twenty at a time; all of them are answered. */
async function send(front: CountedFront, path: string, count: number, status: number): Promise<void> {
  let left = count
  const visitor = async () => {
    while (left-- > 0) {
      const answer = await fetch(front.url + path)
      await answer.arrayBuffer()
      assert.equal(answer.status, status)
    }
  }
  await Promise.all(Array.from({ length: 20 }, visitor))
}

const counted = async (front: CountedFront, status: string): Promise<number> =>
  sumOf(await front.scrape(), requests, { status })

/** The number of answers, when nothing is left to be counted. */
async function settled(front: CountedFront): Promise<number> {
  let last = -1
  await until(async () => {
    const before = last
    last = await counted(front, '200')
    await wait(3000)
    return before === last
  }, 'the numbers to stand still')
  return last
}

test('every request of nginx is counted once, by status, cache and time, and its line is given back', async (t) => {
  const front = await startCountedFront('4m')
  t.after(() => front.stop())
  await Promise.all([
    send(front, '/', 3000, 200),
    send(front, '/missing?token=hunter2', 300, 404),
    send(front, '/broken', 30, 503),
  ])
  await until(async () => (await counted(front, '503')) === 30, 'the last of 30 to be counted')
  await until(async () => (await counted(front, '200')) >= 3000, '3000 to be counted')
  const samples = await front.scrape()
  assert.deepEqual(
    ['200', '404', '503'].map((status) => sumOf(samples, requests, { status, cache: 'NONE' })),
    [3000, 300, 30],
  )
  const durations = 'dogfood_front_duration_seconds'
  assert.equal(sumOf(samples, `${durations}_count`), 3330)
  assert.equal(sumOf(samples, `${durations}_bucket`, { le: '+Inf' }), 3330)
  assert.ok(sumOf(samples, `${durations}_bucket`, { le: '10' }) > 0)
  assert.ok(sumOf(samples, 'dogfood_front_connections', { state: 'active' }) >= 1)
  assert.ok(Math.abs(Date.now() / 1000 - sumOf(samples, 'dogfood_front_counted_timestamp_seconds')) < 10)
  const [kilobytes = ''] = (await front.run('du', '-k', '/srv/requests/requests.log')).split('\t')
  assert.ok(Number(kilobytes) <= 4, `${kilobytes} kB of lines are kept`)
  assert.doesNotMatch(await front.run('cat', '/srv/requests/metrics'), /hunter2|missing/)
})

test('a counter that is killed again and again counts every request once', async (t) => {
  const front = await startCountedFront('5m')
  t.after(() => front.stop())
  const sending = send(front, '/', 4000, 200)
  for (let kills = 0; kills < 3; kills++) {
    await until(async () => (await counted(front, '200')) > kills * 100, 'some requests to be counted')
    await front.counter.kill()
    await front.counter.start()
  }
  await sending
  await until(async () => (await counted(front, '200')) >= 4000, 'all requests to be counted')
  assert.equal(await counted(front, '200'), 4000)
})

test('without a counter, and with no room for another line, nginx serves on; with one it counts again', async (t) => {
  const front = await startCountedFront('128k')
  t.after(() => front.stop())
  await until(async () => (await front.scrape()).length > 0, 'the first numbers')
  await front.counter.kill()
  const told = await run('wrk', ['-t1', '-c16', '-d4s', `${front.url}/`])
  assert.doesNotMatch(told, /Non-2xx|Socket errors/)
  assert.match(await front.run('df', '/srv/requests'), /100%/)
  await send(front, '/', 500, 200)

  await front.counter.start()
  await until(async () => (await counted(front, '200')) > 1000, 'what fitted to be counted')
  await until(async () => !/100%/.test(await front.run('df', '/srv/requests')), 'room')
  // The last line that had room may be cut off, and then takes the next with it.
  await send(front, '/', 10, 200)
  const before = await settled(front)
  await send(front, '/', 500, 200)
  await until(async () => (await counted(front, '200')) >= before + 500, 'new requests to be counted')
  assert.equal(await counted(front, '200'), before + 500)
})

test('at the port of the numbers there is nothing else', async (t) => {
  const front = await startCountedFront('1m')
  t.after(() => front.stop())
  const port = front.nginx.port(9113)
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
  assert.deepEqual(
    [await status('/'), await status('/metrics/'), await status('/requests.log')],
    [404, 404, 404],
  )
  assert.equal((await fetch(`${front.url}/metrics`)).headers.get('content-type'), 'text/plain')
  assert.equal(await (await fetch(`${front.url}/metrics`)).text(), 'hello\n')
})
