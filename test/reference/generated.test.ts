import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { settings } from '../../app/config/settings.ts'
import { statusOf } from '../../app/errors.ts'
import { prose } from '../../reference/markdown.ts'
import { generatedFiles } from '../../reference/pages.ts'
import { allRoutes } from '../../reference/routes.ts'

const root = join(import.meta.dirname, '../..')
const folder = 'content/pages/docs/reference'
const files = generatedFiles()
const page = (name: string): string => files.get(`${folder}/${name}`) ?? ''

for (const [file, text] of files) {
  test(`${file} is what the code says`, () => {
    const same = readFileSync(join(root, file), 'utf8') === text
    assert.ok(same, `${file} is out of date: run npm run reference, and commit what it writes`)
  })
}

test('no page of the reference is left over', () => {
  const pages = globSync(`${folder}/*.md`, { cwd: root }).map((file) => file.replaceAll('\\', '/'))
  assert.deepEqual(pages.sort(), [...files.keys()].filter((file) => file.startsWith(folder)).sort())
})

test('every setting has a place of its own, with its reason in .env.example', () => {
  for (const { variable, reason } of Object.values(settings)) {
    assert.match(page('settings.md'), new RegExp(`^### \`${variable}\`$`, 'm'))
    assert.ok(files.get('.env.example')?.includes(`# ${reason}\n#${variable}=`), variable)
  }
})

test('no default that differs between machines, and no secret, is written down', () => {
  for (const text of files.values()) assert.doesNotMatch(text, /signs (?:nothing but|links on) a laptop/)
  assert.match(page('settings.md'), /\[`INSTANCE`\]\(#instance\) \| the host name \| the host name \|/)
})

test('every route is told with what is there', () => {
  for (const { path, about } of Object.values(allRoutes()).flat()) {
    assert.ok(page('routes.md').includes(`| \`${path}\` |`), path)
    assert.ok(page('routes.md').includes(`| ${prose(about)} |`), path)
  }
})

test('every kind of error is told with its status', () => {
  for (const [kind, status] of Object.entries(statusOf))
    assert.ok(page('errors.md').includes(`| \`${status}\` | \`${kind}\` |`), kind)
})

test('a table has at most four columns', () => {
  for (const [file, text] of files)
    for (const [line] of text.matchAll(/^\|(?:---\|)+$/gm)) assert.ok(line.split('---').length <= 5, file)
})
