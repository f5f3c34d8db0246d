import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runSite } from './process.ts'

test('a start tells its address', async (t) => {
  const site = await runSite(t)
  assert.match(site.output(), /The site is at http:\/\/localhost:\d+/)
  assert.equal((await fetch(site.url)).status, 200)
})

test('a start with wrong settings says all of them and exits 1 before it opens anything', async (t) => {
  const site = await runSite(t, { NODE_ENV: 'production', PORT: 'http' })
  assert.deepEqual(await site.ended, [1, null])
  assert.match(site.output(), /^Cannot start: the configuration has \d+ fault\(s\):\n {2}PORT: expected/)
  assert.match(site.output(), /SESSION_SECRETS: missing/)
})

test('a port that is taken is said in words', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  t.after(() => other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  for (const name of ['PORT', 'METRICS_PORT']) {
    const site = await runSite(t, { [name]: String(port), LIVE_RELOAD: 'true' })
    assert.deepEqual(await site.ended, [1, null])
    assert.match(site.output(), new RegExp(`port ${port} is taken by another process.*set ${name} `))
  }
})

test('a missing content folder is said in words', async (t) => {
  const site = await runSite(t, { CONTENT_DIR: '/nowhere' })
  assert.deepEqual(await site.ended, [1, null])
  assert.match(site.output(), /^Cannot start: \/nowhere.*no such content folder.*CONTENT_DIR.*\n$/)
})

test('an address that is not of this machine is said in words', async (t) => {
  for (const HOST of ['203.0.113.1', 'nowhere.invalid']) {
    const site = await runSite(t, { HOST })
    assert.deepEqual(await site.ended, [1, null])
    assert.match(site.output(), new RegExp(`Cannot listen: HOST ${HOST} is no address.*Set HOST to.*\n$`))
  }
})

test('a CACHE_DIR that cannot be made keeps no start and no check from its work', {
  timeout: 60_000,
}, async (t) => {
  const site = await runSite(t, { CACHE_DIR: '/proc/nowhere/cache' })
  assert.equal((await fetch(site.url)).status, 200)
  const check = await runSite(t, { CACHE_DIR: '/proc/nowhere/cache' }, 'app/check.ts')
  assert.deepEqual(await check.ended, [0, null], check.output())
})

test('compiled code is kept for the next start, even when the process ends by a signal', async (t) => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const site = await runSite(t, { CACHE_DIR: cacheDir })
  site.child.kill('SIGTERM')
  await site.ended
  const [version = ''] = readdirSync(join(cacheDir, 'compile'))
  assert.ok(readdirSync(join(cacheDir, 'compile', version)).length > 20)
})
