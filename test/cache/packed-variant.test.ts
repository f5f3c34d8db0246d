import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packVariant, unpackVariant } from '../../app/cache/packed-variant.ts'

const variant = {
  body: Buffer.from('<p>é</p>'),
  encoding: 'br',
  etag: '"a-br"',
  cacheControl: 'public',
  contentType: 'application/xml; charset=utf-8',
} as const

test('a variant survives being packed', () => {
  assert.deepEqual(unpackVariant(packVariant(variant), 'br'), variant)
})

test('one wrong bit, a cut, or anything else is not a variant', () => {
  const packed = packVariant(variant)
  for (let at = 0; at < packed.length; at++) {
    const damaged = Buffer.from(packed)
    damaged[at] = (damaged[at] ?? 0) ^ 1
    assert.equal(unpackVariant(damaged, 'br'), undefined, `byte ${at}`)
    assert.equal(unpackVariant(packed.subarray(0, at), 'br'), undefined, `cut at ${at}`)
  }
  assert.equal(unpackVariant(Buffer.from('garbage from elsewhere'), 'br'), undefined)
})
