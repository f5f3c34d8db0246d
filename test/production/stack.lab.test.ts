import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { run } from '../lab/command.ts'
import { sharedProduction } from './shared.ts'
import type { ProductionStack } from './stack.ts'

let stack: ProductionStack
before(async () => {
  stack = await sharedProduction()
})
after(() => stack?.down())

const status = (url: string): Promise<string> =>
  run('curl', ['--insecure', '--silent', '--output', '/dev/null', '--write-out', '%{http_code}', url])

test('one command from a clean clone starts the whole production site', async () => {
  assert.equal(await status(`${stack.url}/`), '200')
  assert.equal(await status(`${stack.url}/session`), '200')
  assert.equal(await status(`${stack.insecureUrl}/docs`), '308')
  assert.equal((await stack.containers('webapp')).length, 3)
})
