import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../app/config/read.ts'
import { createLog } from '../app/logging/log.ts'
import { openSite } from '../app/pages/site.ts'
import { contentFolder } from './site/site.ts'

test('pages of other code have other keys', async (t) => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const config = { ...readConfig({ NODE_ENV: 'test' }), cacheDir, contentDir: contentFolder() }
  const versionOf = async (code: string, liveReload = false) => {
    const site = await openSite({ ...config, liveReload }, createLog(config), code)
    t.after(() => site.content.close())
    return site.version
  }
  assert.equal(await versionOf('a'), await versionOf('a'))
  assert.notEqual(await versionOf('a'), await versionOf('b'))
  assert.notEqual(await versionOf('a'), await versionOf('a', true))
})
