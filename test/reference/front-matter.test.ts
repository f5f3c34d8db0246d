import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFrontMatter } from '../../app/content/front-matter.ts'
import type { Source } from '../../app/content/source.ts'
import { parseYaml } from '../../app/content/yaml.ts'
import { frontMatter } from '../../reference/front-matter-table.ts'

const place = { file: 'posts/2026-01-01-a.md', layout: 'site', kind: 'post' } as const

function read(yaml: string) {
  const source: Source = { yaml, yamlLine: 2, body: '', bodyLine: 9 }
  const parsed = parseYaml(place.file, yaml)
  assert.ok('value' in parsed, yaml)
  return readFrontMatter(place, source, parsed.value)
}

const keys = Object.entries(frontMatter)

test('every key of the reference is known, with its example', () => {
  const yaml = keys.map(([, { key, example }]) => `${key}: ${example}`).join('\n')
  const { entry, faults } = read(yaml)
  assert.deepEqual(faults, [])
  assert.deepEqual(entry?.fields, {})
  for (const [property] of keys) assert.ok(property in (entry ?? {}), property)
})

for (const [property, { key, example }] of keys) {
  test(`${key} changes the entry`, () => {
    const plain = read('title: A').entry as unknown as Record<string, unknown>
    const title = key === 'title' ? '' : 'title: A\n'
    const changed = read(`${title}${key}: ${example}`).entry as unknown as Record<string, unknown>
    assert.notDeepEqual(changed[property], plain[property])
  })
}
