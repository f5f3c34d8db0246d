import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openMailWords } from '../../app/deliveries/mail-words.ts'
import { contentFolder } from '../site/site.ts'

function wordsOf(t: TestContext, files: Record<string, string>) {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const contentDir = contentFolder(files)
  t.after(() => {
    for (const dir of [cacheDir, contentDir]) rmSync(dir, { recursive: true, force: true })
  })
  return openMailWords({ cacheDir, contentDir })
}

test('a worker calls the site what its content calls it', async (t) => {
  const { siteName } = await wordsOf(t, { 'data/site.yml': 'name: Lantern & Sons\n' })
  assert.equal(siteName(), 'Lantern & Sons')
})

test('a site without a name, or with a broken data file, still sends mail', async (t) => {
  const sites: Record<string, string>[] = [
    {},
    { 'data/site.yml': 'name: [\n' },
    { 'data/site.yml': 'name: 7\n' },
  ]
  for (const files of sites) {
    const { siteName } = await wordsOf(t, files)
    assert.equal(siteName(), 'Website')
  }
})

test('a worker renders the templates of mail', async (t) => {
  const { render } = await wordsOf(t, {})
  const mail = { siteName: 'Lantern', publicUrl: 'https://www.example.com', name: 'Ada', link: 'https://l/' }
  assert.match(render('mail/welcome.text', { mail }), /^Hello Ada,\n\nWelcome to Lantern\./)
})
