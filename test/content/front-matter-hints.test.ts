import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { similarKey } from '../../app/content/front-matter-keys.ts'
import { Folder } from './folder.ts'

const front = (...lines: string[]): string => `---\ntitle: A\n${lines.join('\n')}\n---\nText.\n`

const guesses: Readonly<Record<string, string | undefined>> = {
  desciption: 'description',
  redirectFrom: 'redirect_from',
  'nav-order': 'nav_order',
  Tags: 'tags',
  tag: 'tags',
  toc: undefined,
  url: undefined,
  lead: undefined,
  name: undefined,
  commands: undefined,
}

for (const [key, near] of Object.entries(guesses)) {
  test(`${key} is taken for ${near ?? 'a key of its own'}`, () => assert.equal(similarKey(key), near))
}

test('a mistyped key is a warning that names the right one, and costs no page', async (t) => {
  const content = await new Folder(t, { 'pages/a.md': front('lead: Yes', 'desciption: About') }).open()
  assert.deepEqual(content.faults.map(formatFault), [
    "pages/a.md:4:1: warning: the front matter has an unknown key 'desciption', did you mean 'description'?",
  ])
  assert.deepEqual(content.find('/a')?.fields, { lead: 'Yes', desciption: 'About' })
})

test('a description that waits to be written is a warning', async (t) => {
  const content = await new Folder(t, {
    'pages/a.md': front('description:'),
    'pages/b.md': front('description: " "'),
  }).open()
  const what =
    'warning: the description is still empty, write a sentence for lists, feeds and search results, or leave the key out'
  assert.deepEqual(content.faults.map(formatFault), [`pages/a.md:3:1: ${what}`, `pages/b.md:3:1: ${what}`])
  assert.equal(content.find('/b')?.description, undefined)
})

test('a last change before the beginning is a fault', async (t) => {
  const content = await new Folder(t, {
    'pages/index.md': front(),
    'posts/2026-02-02-a.md': front('updated: 2026-02-01'),
    'posts/2026-02-02-b.md': front('updated: 2026-02-02'),
    'posts/2026-02-02-c.md': front('updated: soon'),
  }).open()
  assert.deepEqual(content.faults.map(formatFault), [
    'posts/2026-02-02-a.md:3:1: updated is 2026-02-01, before the date 2026-02-02, write the day of the last change, or leave it out',
    "posts/2026-02-02-c.md:3:1: updated is the string soon, not a day of the calendar, write it like 'updated: 2026-02-28' or 'updated: 2026-02-28 09:00'",
  ])
  assert.equal(content.find('/blog/b')?.updated, '2026-02-02')
})

test('in a folder of somebody else, front matter that means something else costs no page', async (t) => {
  const content = await new Folder(t, {
    'guide.md': '---\ntitle: 7\ntags: one\ndate: soon\ntemplate: fancy\nauthor: [A]\nlayout: x\n---\nText.\n',
    'from-heading.md': '```\n# not this\n```\n\n# The *real* one {#x}\n',
    'no-title_at-all.md': 'Text.\n',
  }).open()
  assert.deepEqual(
    content.pages.map(({ title }) => title),
    ['The real one', '7', 'No title at all'],
  )
  assert.deepEqual(new Set(content.faults.map(({ severity }) => severity)), new Set(['warning']))
})
