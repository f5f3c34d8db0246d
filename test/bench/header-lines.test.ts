import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerLines } from '../../bench/front/header-lines.ts'

test('headers of an answer become lines of nginx, without those that nginx sends by itself', () => {
  const answer = [
    'Server',
    'nginx',
    'Content-Length',
    '12',
    'ETag',
    '"a"',
    'X-Front-Cache',
    'HIT',
    'Date',
    'now',
  ]
  assert.equal(
    headerLines(answer),
    'etag off;\nadd_header ETag "\\"a\\"" always;\nadd_header X-Front-Cache "HIT" always;\n',
  )
})

test('each answer has a request id of its own', () => {
  assert.match(headerLines(['X-Request-Id', '0a1b']), /^add_header X-Request-Id \$request_id always;$/m)
})

test('a header that nginx would read in another way is refused', () => {
  assert.throws(() => headerLines(['X-Price', '5$']), /X-Price/)
})
