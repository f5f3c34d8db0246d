import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { partNames } from '../../app/console/parts.ts'
import { until } from '../until.ts'
import { startConsole, stepping } from './console-site.ts'
import { eventsOf } from './events-of.ts'

const path = '/console/events'

test('a page that is open is sent each part once, and then what has changed', async (t) => {
  const { site, operator, act } = await startConsole(t, { under: stepping })
  const { answer, events, wait, leave } = await eventsOf(site.url + path, operator.cookie)
  assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  assert.equal(answer.headers.get('x-accel-buffering'), 'no')
  assert.match((await wait('canary')).data, /5 % of visitors/)
  await wait('nodes')
  await act('share', { percent: '12.5' })
  assert.match((await wait('canary', /12\.5 %/)).data, /by hand/)
  const times = (name: string) => events.filter((event) => event.name === name).length
  assert.ok(times('app') >= 1)
  assert.equal(times('components'), 1, 'what is the same is not sent again')
  for (const { name } of events)
    assert.ok(
      partNames.some((part) => part === name),
      name,
    )
  leave()
})

test('one reading every two seconds serves all who look, and there is none when nobody does', async (t) => {
  const { site, operator, running } = await startConsole(t)
  const readings = () => running.performed.filter(({ verb }) => verb === 'status').length
  const pages = await Promise.all([1, 2, 3, 4].map(() => eventsOf(site.url + path, operator.cookie)))
  await Promise.all(pages.map(({ wait }) => wait('nodes')))
  const before = readings()
  await sleep(3000)
  assert.ok(readings() - before <= 2, `${readings() - before} readings in 3 s`)
  for (const { leave } of pages) leave()
  await sleep(1500)
  const after = readings()
  await sleep(2500)
  assert.equal(readings(), after)
})

test('a stream ends when its operator signs out, and does not bring the session back', async (t) => {
  const { site, operator } = await startConsole(t)
  const { state, wait } = await eventsOf(site.url + path, operator.cookie)
  await until(async () => state.beats > 0, 'a heartbeat')
  await operator.post('/admin/sign-out', {})
  await wait('over')
  await until(async () => state.isOver, 'the end of the stream')
  assert.equal((await operator.get('/console')).status, 303)
})

test('no more than twenty streams are open, and all end when the instance stops', async (t) => {
  const { site, operator } = await startConsole(t)
  const open = () => eventsOf(site.url + path, operator.cookie)
  const pages = await Promise.all(Array.from({ length: 20 }, open))
  assert.ok(pages.every(({ answer }) => answer.status === 200))
  const { answer, leave } = await open()
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'])
  leave()
  pages[0]?.leave()
  await until(async () => {
    const again = await open()
    if (again.answer.status === 200) pages.push(again)
    return again.answer.status === 200
  }, 'the place that was left')
  site.ofConsole.close()
  for (const { state } of pages) await until(async () => state.isOver, 'the end')
  assert.equal((await open()).answer.status, 503)
})

test('HEAD is answered without a stream', async (t) => {
  const { site, operator } = await startConsole(t)
  const answer = await fetch(site.url + path, { method: 'HEAD', headers: { cookie: operator.cookie } })
  assert.equal(answer.status, 200)
})
