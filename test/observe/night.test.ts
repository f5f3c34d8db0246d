import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { questions } from './night.ts'

const file = join(import.meta.dirname, '../../observe/dashboard/panels.js')
const plain = (text: string): string => text.replaceAll('’', "'")
const titles = [...readFileSync(file, 'utf8').matchAll(/title: '([^']+)'/g)].map(([, title = '']) =>
  plain(title),
)

test('every panel that docs/operating.md names is on the dashboard', () => {
  const lists = questions().flatMap(({ text }) => text.split(/^(?=- )/m))
  const named = lists
    .filter((item) => /^- Panels?:/.test(item))
    .flatMap((item) =>
      [...item.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)].map(([, name = '']) => name.replace(/\s+/g, ' ')),
    )
  assert.ok(named.length > 20)
  assert.deepEqual(
    named.filter((name) => !titles.some((title) => title.startsWith(name))),
    [],
  )
})

test('every question has a command and says what to look for', () => {
  const asked = questions().filter(({ title }) => title.endsWith('?'))
  assert.ok(asked.length >= 12)
  for (const { title, blocks, text } of asked) {
    assert.ok(blocks.length > 0, title)
    assert.ok(title === 'How do I go back?' || /^- (?:Panel|Metric)s?:/m.test(text), title)
  }
})
