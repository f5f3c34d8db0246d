import assert from 'node:assert/strict'
import { test } from 'node:test'
import { murmurHash2 } from '../../../kit/canary/murmur-hash.ts'

// https://github.com/ClickHouse/ClickHouse/blob/master/tests/queries/0_stateless/00678_murmurhash.reference has them as
// numbers: 123456 of four bytes, 3 of one, -154477 of eight, and texts.
const known: readonly (readonly [name: string, bytes: Buffer, hash: number])[] = [
  ['nothing', Buffer.alloc(0), 0],
  ['one byte', Buffer.from([3]), 3_533_626_746],
  ['three bytes', Buffer.from('foo'), 2_414_502_773],
  ['other three bytes', Buffer.from('bar'), 670_491_991],
  ['one word', word(123_456), 623_211_862],
  ['two words', longWord(-154_477n), 2_708_309_598],
]

for (const [name, bytes, hash] of known)
  test(`MurmurHash2 of ${name} is what others have`, () => {
    assert.equal(murmurHash2(bytes), hash)
  })

// What ngx_murmur_hash2 of nginx makes of them: texts of one, two and three bytes more than whole words.
const ofNginx: Readonly<Record<string, number>> = {
  s0123456789abcdef0123456789abcdef: 2_099_382_677,
  k3f9a10123456789abcdef0123456789abcdef: 3_540_443_731,
  k3f9a1xffffffffffffffffffffffffffffffff: 1_291_252_268,
}

for (const [text, hash] of Object.entries(ofNginx))
  test(`MurmurHash2 of ${text.length} characters is that of nginx`, () => {
    assert.equal(murmurHash2(Buffer.from(text)), hash)
  })

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function longWord(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return bytes
}
