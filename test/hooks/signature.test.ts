import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Signature } from '@hubspot/api-client/lib/src/utils/signature.js'
import { isSigned, signatureOf, windowMilliseconds } from '../../app/hooks/signature.ts'
import { path, publicUrl, type Signed, secret, signedHeaders } from './signed.ts'

const body = '[{"name":"Zoë “狗”"}]'
const now = 1_708_986_599_647

function requestOf(signed: Signed) {
  const headers = signedHeaders({ body, at: now, ...signed })
  return {
    method: 'POST',
    uri: publicUrl + path,
    body: Buffer.from(body),
    timestamp: headers['x-hubspot-request-timestamp'] ?? '',
    signature: headers['x-hubspot-signature-v3'] ?? '',
  }
}

test("what HubSpot's own code signs is signed", () => {
  assert.equal(isSigned(secret, requestOf({}), now), true)
})

test("what is signed here, HubSpot's own code takes", () => {
  const timestamp = String(Date.now())
  const signature = signatureOf(secret, {
    method: 'POST',
    uri: publicUrl + path,
    body: Buffer.from(body),
    timestamp,
  })
  const request = {
    url: publicUrl + path,
    requestBody: body,
    clientSecret: secret,
    timestamp: Number(timestamp),
  }
  assert.equal(Signature.isValid({ ...request, signature, signatureVersion: 'v3', method: 'POST' }), true)
})

test('every part of a request counts for its signature', () => {
  for (const signed of [
    { by: 'another secret' },
    { by: '' },
    { body: `${body} ` },
    { uri: 'https://www.example.net/hooks/crm' },
    { uri: `${publicUrl}/hooks/crm?` },
    { uri: `${publicUrl}/hooks` },
    { method: 'PUT' },
  ]) {
    assert.equal(isSigned(secret, requestOf(signed), now), false, JSON.stringify(signed))
  }
  assert.equal(isSigned(secret, { ...requestOf({}), timestamp: String(now + 1) }, now), false)
})

test('a signature counts for five minutes before and after', () => {
  const at = (difference: number) => isSigned(secret, requestOf({ at: now + difference }), now)
  assert.equal(windowMilliseconds, 300_000)
  assert.equal(at(-300_000), true)
  assert.equal(at(-300_001), false)
  assert.equal(at(300_000), true)
  assert.equal(at(300_001), false)
})

test('what is no timestamp or no signature signs nothing', () => {
  const signed = requestOf({})
  for (const timestamp of ['', 'now', '-1', '1e12', ` ${now}`, `${now}.0`, '9'.repeat(400)]) {
    const right = signatureOf(secret, { ...signed, timestamp })
    assert.equal(isSigned(secret, { ...signed, timestamp, signature: right }, now), false, timestamp)
  }
  for (const signature of [
    '',
    'x',
    signed.signature.slice(1),
    `${signed.signature}=`,
    signed.signature.toLowerCase(),
  ]) {
    assert.equal(isSigned(secret, { ...signed, signature }, now), false, signature)
  }
})
