import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAllowRule } from '../../../kit/canary/allow-rule.ts'
import { isInShare, isShare, splitPart } from '../../../kit/canary/share.ts'
import { inCanary, type Split, stricter } from '../../../kit/canary/split.ts'
import { botPattern, counts } from '../../../kit/canary/visitor.ts'
import { visitor } from './canaries.ts'

const people = Array.from({ length: 10_000 }, (_, number) => visitor(number))

const split = (percent: number, salt = 'k3f9a1', ...rules: string[]): Split => ({
  percent,
  salt,
  allow: rules.flatMap((rule) => readAllowRule(rule) ?? []),
})

const shareIn = (given: Split): number =>
  (people.filter((one) => inCanary(given, one)).length / people.length) * 100

for (const percent of [1, 5, 25, 50, 100])
  test(`of 10,000 visitors ${percent} % are in, within a point`, () => {
    const share = shareIn(split(percent))
    assert.ok(Math.abs(share - percent) <= 1, `${share} %`)
  })

test('nobody is in at 0 %, everybody at 100 %', () => {
  assert.equal(shareIn(split(0)), 0)
  assert.equal(shareIn(split(100)), 100)
})

test('who is in at a share is in at every larger one', () => {
  const shares = [0.01, 1, 5, 12.5, 25, 50, 99.99, 100]
  const isIn = people.map((one) => shares.map((percent) => inCanary(split(percent), one)))
  for (const answers of isIn)
    assert.deepEqual(
      answers,
      answers.toSorted((a, b) => Number(a) - Number(b)),
    )
})

test('another salt picks other people', () => {
  const [one, other] = ['k3f9a1', 'zq81mm'].map((salt) => people.map((who) => inCanary(split(5, salt), who)))
  const inBoth = people.filter((_, index) => one?.[index] && other?.[index]).length
  // 5 % of 5 % by chance.
  assert.ok(inBoth < 60, `${inBoth} are in with both salts`)
})

// Their hashes are 1,073,741,822 and 1,073,741,823, and floor(2500 * 0xffffffff / 10000) is the latter.
test('a share ends at the hash at which nginx ends it', () => {
  assert.equal(isInShare(25, 'visitor00116igvm'), true)
  assert.equal(isInShare(25, 'visitor00261lh1n'), false)
})

// Their hashes are 0 and 0xffffffff, the least and the greatest.
test('the first hash is in at the smallest share, the last one only at 100 %', () => {
  assert.deepEqual(
    [0, 0.01].map((percent) => isInShare(percent, 'visitor00027PC7v')),
    [false, true],
  )
  assert.deepEqual(
    [99.99, 100].map((percent) => isInShare(percent, 'visitor00162SMfI')),
    [false, true],
  )
})

test('a share is named as split_clients takes it', () => {
  assert.deepEqual([0, 0.01, 5, 12.5, 100].map(splitPart), [undefined, '0.01%', '5%', '12.5%', '*'])
  assert.deepEqual([0, 0.07, 12.34, 100].map(isShare), [true, true, true, true])
  assert.deepEqual([-1, 0.001, 100.01, Number.NaN].map(isShare), [false, false, false, false])
})

test('a tester with the cookie, the header or the address is in', () => {
  const given = split(0, 's', 'cookie:Side=blue', 'header:X-Side=blue', '10.1.0.0/16', '2001:db8::/32')
  const isIn = (changes: Parameters<typeof visitor>[1]) => inCanary(given, visitor(1, changes))
  assert.equal(isIn({}), false)
  assert.equal(isIn({ cookies: { side: 'blue' } }), true)
  assert.equal(isIn({ cookies: { side: 'Blue' } }), false)
  assert.equal(isIn({ headers: { ...visitor(1).headers, 'x-side': 'blue' } }), true)
  for (const address of ['10.1.255.1', '::ffff:10.1.0.9', '2001:db8:1::1'])
    assert.equal(isIn({ address }), true, address)
  for (const address of ['10.2.0.1', '2001:db9::1', 'unix:', ''])
    assert.equal(isIn({ address }), false, address)
})

test('a tester can stay with the old version, whatever else asks for the canary', () => {
  const given = split(100, 's', 'cookie:side=blue', 'header:X-Side=blue', '203.0.113.0/24')
  assert.equal(inCanary(given, visitor(1, { cookies: { side: 'old' } })), false)
  const both = { headers: { ...visitor(1).headers, 'x-side': 'old' }, cookies: { side: 'blue' } }
  assert.equal(inCanary(given, visitor(1, both)), false)
})

test('bots and health checks get the old version and do not count, other than a tester who looks like one', () => {
  const given = split(100, 's', 'header:X-Side=blue', '203.0.113.0/24')
  for (const agent of ['Mozilla/5.0 (compatible; Googlebot/2.1)', 'kube-probe/1.30', 'UptimeRobot/2.0', ''])
    for (const one of [visitor(1, { headers: { 'user-agent': agent } })]) {
      assert.equal(inCanary(given, one), false, agent)
      assert.equal(counts(one), false, agent)
    }
  const check = visitor(1, { headers: { ...visitor(1).headers, 'x-health-check': 'balancer' } })
  assert.deepEqual([inCanary(given, check), counts(check)], [false, false])
  const tester = visitor(1, { headers: { 'user-agent': 'HeadlessChrome', 'x-side': 'blue' } })
  assert.deepEqual([inCanary(given, tester), counts(tester)], [true, false])
  const phone = visitor(1, { headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus)' } })
  assert.deepEqual([inCanary(given, phone), counts(phone)], [true, true])
})

test('the rule for bots can stand in a map of nginx', () => {
  assert.doesNotMatch(botPattern, /[\s"';{}\\#]/)
})

test('of two splits the one with the smaller share counts, whoever asks', () => {
  const [small, large, aborted] = [split(5), split(25, 'k3f9a1', '10.0.0.0/8'), split(0)]
  for (const [one, other, wins] of [
    [small, large, small],
    [aborted, small, aborted],
    [large, split(25), split(25)],
    [split(5, 'a'), split(5, 'b'), split(5, 'a')],
  ] as const) {
    assert.deepEqual(stricter(one, other), wins)
    assert.deepEqual(stricter(other, one), wins)
  }
})
