import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionsOf } from '../../kit/cli/options.ts'
import { verbs } from '../../kit/commands/index.ts'
import { blocksOf, manual } from './manual.ts'

test('blocks of commands are found with their headings, and nothing else is', () => {
  const text = 'a\n## One\n```sh\nb\nc\n```\n## Two\n```json\nd\n```\n### Three\n```sh\ne\n```\n'
  assert.deepEqual(blocksOf(text), [
    { heading: 'One', script: 'b\nc\n' },
    { heading: 'Two', script: 'e\n' },
  ])
})

test('the verbs and options of swarm in the manual are there', () => {
  const lines = manual().flatMap(({ script }) => script.split('\n'))
  const used = lines.flatMap((line) => /npx swarm (.*)/.exec(line)?.[1] ?? [])
  assert.ok(used.length > 8)
  for (const line of used) {
    const verb = verbs.find(({ name }) => ` ${line} `.includes(` ${name} `))
    assert.ok(verb, line)
    const known = Object.keys(optionsOf(verb))
    for (const [, option = ''] of line.matchAll(/ --([\w-]+)/g)) assert.ok(known.includes(option), line)
  }
})
