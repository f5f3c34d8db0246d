import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { admission } from '../../../kit/api/admission.ts'
import { readTokens } from '../../../kit/api/tokens.ts'

const tokens = readTokens(`console operate ${createHash('sha256').update('a').digest('hex')}`)
const rate = { burst: 2, perSecond: 0.001 }

test('what a token wants changed is not refused because it looks too often', () => {
  const admit = admission(tokens, { token: rate, stranger: rate })
  const ask = (method: string) =>
    admit({ method, headers: { authorization: 'Bearer a' } } as IncomingMessage, { address: '', request: '' })
  for (const _ of [1, 2]) ask('GET')
  assert.throws(() => ask('GET'), /Ask again/)
  assert.equal(ask('POST').name, 'console')
  assert.equal(ask('PUT').name, 'console')
  assert.throws(() => ask('POST'), /Ask again/, 'changes have a limit, too')
})
