import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { encodingFor } from '../../app/cache/encodings.ts'

const preferred = (accepted?: string) =>
  encodingFor({ headers: accepted === undefined ? {} : { 'accept-encoding': accepted } } as IncomingMessage)

test('the encoding is the one the visitor prefers, the smaller one where it does not matter', () => {
  const cases: [string | undefined, string][] = [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['gzip;q=0', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
    ['nonsense,,;;q=', 'identity'],
  ]
  for (const [accepted, encoding] of cases) assert.equal(preferred(accepted), encoding, String(accepted))
})
