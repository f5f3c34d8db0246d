import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

const app = join(import.meta.dirname, '../../app')

const refused: Record<string, RegExp> = {
  'a style attribute': /<[^>]+\sstyle\s*=/i,
  'an inline style': /<style\b/i,
  // JSON-LD is data: browsers do not execute it.
  'an inline script': /<script(?! type="application\/ld\+json">)(?![^>]*\ssrc=)/i,
  'an event attribute': /<[^>]+\son[a-z]+\s*=/i,
  'a data: URL': /["'(]data:/i,
  'something from another site': /(src|href)="https?:/i,
}

// A mail is no page of the site: mail programs read styles of elements only.
const ofMail = /^mail\//

test('no template holds anything that the content security policy refuses', async () => {
  for (const [file, text] of await filesBelow(join(app, 'views'), /\.njk$/)) {
    if (ofMail.test(file)) continue
    for (const [what, pattern] of Object.entries(refused)) {
      assert.doesNotMatch(text, pattern, `${file} has ${what}`)
    }
  }
})

test('every script and stylesheet of a template carries its integrity', async () => {
  let found = 0
  for (const [file, text] of await filesBelow(join(app, 'views'), /\.njk$/)) {
    for (const [tag] of text.matchAll(
      /<script\b(?! type="application\/ld\+json">)[^>]*>|<link rel="stylesheet"[^>]*>/g,
    )) {
      const name = /(?:src|href)="\{\{ asset\('([^']+)'\) \}\}"/.exec(tag)?.[1]
      // Of a library, which has files of its own: the page is given them with what their integrity is.
      const isGiven = /(?:src|href)="\{\{ (\w+)\.url \}\}" integrity="\{\{ \1\.integrity \}\}"/.test(tag)
      const isOwn = name && tag.includes(`integrity="{{ integrity('${name}') }}"`)
      assert.ok(isOwn || isGiven, `${file}: ${tag}`)
      found++
    }
  }
  assert.ok(found >= 2)
})

test('styles load nothing from elsewhere', async () => {
  for (const [file, text] of await filesBelow(join(app, 'static'), /\.css$/)) {
    assert.doesNotMatch(text, /url\(["']?(data:|[a-z]+:)?\/\//i, file)
  }
})

async function filesBelow(dir: string, names: RegExp): Promise<[file: string, text: string][]> {
  const files = (await readdir(dir, { recursive: true })).filter((file) => names.test(file))
  assert.ok(files.length > 0)
  return Promise.all(
    files.map(async (file) => [file, await readFile(join(dir, file), 'utf8')] as [string, string]),
  )
}
