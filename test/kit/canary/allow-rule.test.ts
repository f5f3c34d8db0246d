import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowsAddress, readAllowRule, sayAllowRule } from '../../../kit/canary/allow-rule.ts'
import { visitor } from './canaries.ts'

for (const [typed, read] of [
  ['2001:db8:1:2:3:4:5::/112', '2001:db8:1:2:3:4:5:0/112'],
  ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8/128'],
  ['1:2:3::5:6:7:8', '1:2:3:0:5:6:7:8/128'],
  ['2001:DB8:0:0:0:0:0:00A1/064', '2001:db8::a1/64'],
  ['1:0:0:4:5:0:0:0', '1:0:0:4:5::/128'],
  ['::ffff:1.2.3.4', '::ffff:102:304/128'],
  ['::/0', '::/0'],
  ['10.0.0.0/8', '10.0.0.0/8'],
] as const)
  test(`${typed} is read as ${read}`, () => {
    const rule = readAllowRule(typed) ?? assert.fail()
    assert.equal(sayAllowRule(rule), read)
    assert.deepEqual(readAllowRule(read), rule)
  })

test('a network has the same addresses in whatever form it is typed', () => {
  const allow = [readAllowRule('2001:0DB8:1:2:3:4:5::/112') ?? assert.fail()]
  assert.equal(allowsAddress(allow, visitor(1, { address: '2001:db8:1:2:3:4:5:9' })), true)
  assert.equal(allowsAddress(allow, visitor(1, { address: '2001:db8:1:2:3:4:6:9' })), false)
})

test('what is no address is no rule', () => {
  for (const text of [
    '1:2:3',
    '::1::',
    ':::',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3',
    '[::1]',
    'fe80::1%eth0',
    '::/129',
  ])
    assert.equal(readAllowRule(text), undefined, text)
})
