import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { visitorCookie } from '../../kit/canary/visitor-cookie.ts'
import { visitor } from '../kit/canary/canaries.ts'
import { type CanaryFront, startCanaryFront } from './front.ts'
import { askAll, cookieOf, type Question, type Seen } from './visit.ts'
import { rules, SALT } from './words.ts'

const allow = rules('cookie:tester=blue')
const onCanary = { Cookie: 'tester=blue' }
const onOld = { Cookie: 'tester=old' }

let front: CanaryFront
before(async () => {
  front = await startCanaryFront()
})
after(() => front?.stop())

const ask = (path: string, headers: Question['headers']): Promise<Seen> => front.ask({ path, headers })
const shown = ({ headers, text }: Seen) => [text, headers['x-front-cache']]

test('a page is kept once for each side, and the old one stays over a canary', async () => {
  assert.deepEqual(shown(await ask('/kept/both', {})), ['old', 'MISS'])
  await front.open({ percent: 0, allow })
  assert.equal((await ask('/kept/both', onOld)).text, 'old')
  assert.notEqual((await ask('/kept/both', onOld)).headers['x-front-cache'], 'MISS')
  assert.deepEqual(shown(await ask('/kept/both', onCanary)), ['canary', 'MISS'])
  for (let round = 0; round < 5; round += 1) {
    assert.deepEqual(shown(await ask('/kept/both', onCanary)), ['canary', 'HIT'])
    assert.equal((await ask('/kept/both', onOld)).text, 'old')
  }
  // Beyond the five seconds of a copy, each is refreshed from its own side.
  await sleep(5500)
  for (let round = 0; round < 4; round += 1) {
    assert.equal((await ask('/kept/both', onCanary)).text, 'canary')
    assert.equal((await ask('/kept/both', onOld)).text, 'old')
    await sleep(100)
  }
})

test('pages of a canary are gone with it', async () => {
  await front.open({ percent: 0, allow, id: 'c8' })
  assert.deepEqual(shown(await ask('/kept/both', onCanary)), ['canary', 'MISS'])
  await front.close()
  assert.equal((await ask('/kept/both', onCanary)).text, 'old')
})

test('pages of a canary that is promoted are those of everybody afterwards, and the next one has them as the old side', async () => {
  await front.open({ percent: 100, id: 'c11' })
  const cookie = { Cookie: `__Host-side=${visitorCookie('a'.repeat(32), SALT)}` }
  assert.deepEqual(shown(await ask('/kept/promoted', cookie)), ['canary', 'MISS'])
  await front.close('c11')
  assert.deepEqual(shown(await ask('/kept/promoted', {})), ['canary', 'HIT'])
  await front.open({ percent: 0, allow, id: 'c12' })
  assert.equal((await ask('/kept/promoted', onOld)).headers['x-front-cache'], 'HIT')
  assert.deepEqual(shown(await ask('/kept/promoted', onCanary)), ['canary', 'MISS'])
  await front.close()
})

test('pages of a canary that had everybody and was not promoted are gone with it', async () => {
  await front.open({ percent: 100, id: 'c13' })
  assert.deepEqual(shown(await ask('/kept/aborted', {})), ['canary', 'MISS'])
  await front.close()
  assert.deepEqual(shown(await ask('/kept/aborted', {})), ['old', 'MISS'])
})

test('after a balancer that started and knew nothing, each side has its own pages', async () => {
  await front.open({ percent: 100, id: 'c14' })
  assert.deepEqual(shown(await ask('/kept/known', {})), ['canary', 'MISS'])
  await front.close()
  await front.open({ percent: 50, allow, id: 'c14' })
  assert.equal((await ask('/kept/known', onCanary)).text, 'canary')
  assert.deepEqual(shown(await ask('/kept/known', onOld)), ['old', 'MISS'])
  await front.close()
})

test('people of both sides at once never see the other', async () => {
  await front.open({ percent: 50, id: 'c9' })
  const ids = Array.from({ length: 400 }, (_, number) => visitor(number).id)
  const cookies = ids.map((id) => `__Host-side=${visitorCookie(id, SALT)}`)
  const sides = (
    await askAll(
      front.port,
      cookies.map((Cookie) => ({ path: '/own', headers: { Cookie } })),
    )
  ).map(({ text }) => text)
  for (let round = 0; round < 12; round += 1) {
    const path = `/kept/crowd-${round % 3}`
    const seen = await askAll(
      front.port,
      cookies.map((Cookie) => ({ path, headers: { Cookie } })),
    )
    assert.deepEqual(
      seen.map(({ text }) => text),
      sides,
    )
  }
})

test('each new visitor gets a cookie of their own, from a page that is kept without one', async () => {
  const seen = await askAll(front.port, Array(300).fill({ path: '/kept/new' }))
  assert.ok(seen.filter(({ headers }) => headers['x-front-cache'] === 'HIT').length > 200)
  const cookies = seen.map((each) => cookieOf(each, '__Host-side'))
  assert.equal(new Set(cookies).size, 300)
  for (const { headers } of seen) {
    assert.equal(headers['set-cookie']?.length, 1)
    assert.equal(headers['cache-control'], 'private, max-age=0, s-maxage=300')
  }
  assert.equal(await front.run('grep -rac "__Host-side" /tmp/pages | grep -v ":0$" || true'), '')
})
