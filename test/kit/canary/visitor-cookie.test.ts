import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { visitorCookie, visitorIdIn } from '../../../kit/canary/visitor-cookie.ts'

const id = '0123456789abcdef0123456789abcdef'
const cookie = visitorCookie(id, 'a secret')

// The recipe of the documentation: openssl md5 -binary | openssl base64 | tr +/ -_ | tr -d =
test('a cookie is signed as secure_link checks it', () => {
  const base64 = createHash('md5').update(`${id} a secret`).digest('base64')
  assert.equal(cookie, `${id}.${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`)
  assert.equal(visitorIdIn(cookie, 'a secret'), id)
})

test('a cookie of another secret, id or form is none', () => {
  const [, signature = ''] = cookie.split('.')
  const other = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
  assert.equal(visitorIdIn(cookie, 'another secret'), undefined)
  for (const forged of [
    '',
    id,
    `${id}.`,
    `${id}.${other}`,
    `${id.replace('0', '1')}.${signature}`,
    `${id.toUpperCase()}.${signature}`,
    `${cookie}=`,
    `${cookie}\n`,
    ` ${cookie}`,
  ])
    assert.equal(visitorIdIn(forged, 'a secret'), undefined, forged)
})
