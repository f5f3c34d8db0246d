import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientNetwork } from '../../app/limits/client-network.ts'
import { limitKey } from '../../app/limits/limit-key.ts'

for (const [address, network] of [
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['2001:db8::3:4:5:6:7', '2001:db8:0:3::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
] as const) {
  test(`the client address "${address}" counts as "${network}"`, () => {
    assert.equal(clientNetwork(address), network)
  })
}

test('a key tells nothing without the secret, and is another for another limit', () => {
  const key = limitKey('secret', 'link by client', '192.0.2.1')
  assert.match(key, /^[\w-]{22}$/)
  assert.equal(key, limitKey('secret', 'link by client', '::ffff:192.0.2.1'))
  assert.notEqual(key, limitKey('other secret', 'link by client', '192.0.2.1'))
  assert.notEqual(key, limitKey('secret', 'invite by client', '192.0.2.1'))
  assert.notEqual(key, limitKey('secret', 'link by client', '192.0.2.2'))
})
