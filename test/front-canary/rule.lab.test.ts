import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isInShare } from '../../kit/canary/share.ts'
import { sideOf } from '../../kit/canary/split.ts'
import { counts } from '../../kit/canary/visitor.ts'
import { visitorCookie, visitorIdIn } from '../../kit/canary/visitor-cookie.ts'
import { visitor } from '../kit/canary/canaries.ts'
import { type CanaryFront, startCanaryFront } from './front.ts'
import { allow, madeUpVisitors } from './made-up.ts'
import { askAll, cookieOf, type Question } from './visit.ts'
import { SALT } from './words.ts'

let front: CanaryFront
before(async () => {
  front = await startCanaryFront()
})
after(() => front?.stop())

for (const percent of [0, 25, 100])
  test(`nginx decides as the kit does, at ${percent} %`, async () => {
    const split = await front.open({ percent, allow })
    const people = madeUpVisitors(2000, SALT)
    const answers = await askAll(
      front.port,
      people.map(({ question }) => question),
    )
    const met = { canary: 0, old: 0, nobody: 0 }
    for (const [index, { headers, text }] of answers.entries()) {
      const who = people[index]?.visitor(String(headers['x-request-id']))
      assert.ok(who)
      const side = sideOf(split, who)
      // The balancer sends nobody to the canary without the header, so a tester that looks like a bot has it too.
      const sent = side === 'canary' || counts(who) ? side : 'nobody'
      assert.equal(text, sent, JSON.stringify(who))
      met[sent] += 1
    }
    assert.ok(met.canary > 100 && met.nobody > 100 && (met.old > 100 || percent === 100), JSON.stringify(met))
  })

/** Somebody who was here before; the page comes from the cache. */
const known = (id: string): Question => ({
  path: '/kept/share',
  headers: { Cookie: `__Host-side=${visitorCookie(id, SALT)}` },
})

for (const percent of [1, 5, 25, 50])
  test(`of 10,000 visitors ${percent} % get the canary, within a point, and they are those of the kit`, async () => {
    await front.open({ percent })
    const ids = Array.from({ length: 10_000 }, (_, number) => visitor(number).id)
    const answers = await askAll(front.port, ids.map(known))
    for (const [index, { text }] of answers.entries())
      assert.equal(text === 'canary', isInShare(percent, `${SALT}${ids[index]}`), `visitor ${index}`)
    const share = answers.filter(({ text }) => text === 'canary').length / 100
    assert.ok(Math.abs(share - percent) <= 1, `${share} %`)
  })

test('who comes for the first time is as likely to get it, and is known from then on', async () => {
  await front.open({ percent: 25 })
  const first = await askAll(front.port, Array(3000).fill({ path: '/own' }))
  const share = first.filter(({ text }) => text === 'canary').length / 30
  // Chance alone has a deviation of 0.8.
  assert.ok(Math.abs(share - 25) <= 3.5, `${share} %`)
  const cookies = first.map((seen) => cookieOf(seen, '__Host-side') ?? '')
  for (const [index, cookie] of cookies.entries())
    assert.equal(visitorIdIn(cookie, SALT), first[index]?.headers['x-request-id'])
})

test('1,000 visitors stay where they are, and change once as the share grows', async () => {
  await front.open({ percent: 1 })
  const first = await askAll(front.port, Array(1000).fill({ path: '/kept/steps' }))
  const cookies = first.map((seen) => `__Host-side=${cookieOf(seen, '__Host-side')}`)
  const questions = cookies.map((Cookie) => ({ path: '/kept/steps', headers: { Cookie } }))
  const sides = async () => (await askAll(front.port, questions)).map(({ text }) => text)
  let before = first.map(({ text }) => text)
  for (const percent of [1, 5, 25, 50, 100]) {
    await front.open({ percent })
    const found = await sides()
    for (const [index, side] of found.entries())
      assert.ok(
        side === 'canary' || (side === 'old' && before[index] === 'old'),
        `${percent} %, visitor ${index}`,
      )
    assert.deepEqual(await sides(), found, `${percent} %, once more`)
    if (percent === 1) assert.deepEqual(found, before)
    before = found
  }
  assert.deepEqual(new Set(before), new Set(['canary']))
})
