import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { optionsOf } from '../../kit/cli/options.ts'
import { variables } from '../../kit/cli/variables.ts'
import { verbs } from '../../kit/commands/index.ts'
import { swarmCommandPage } from '../../reference/swarm-command.ts'

const root = join(import.meta.dirname, '../..')
const page = swarmCommandPage().sections.join('\n\n')
const guide = readFileSync(join(root, 'docs/swarm-command.md'), 'utf8')
const sectionOf = (name: string): string =>
  new RegExp(`^## \`swarm ${name}\`$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(page)?.[1] ?? ''

for (const verb of verbs) {
  test(`swarm ${verb.name} has a section with all of its options, and a line in the guide`, () => {
    const text = sectionOf(verb.name)
    for (const option of Object.keys(optionsOf(verb)))
      assert.match(text, new RegExp(`\`--${option}[ \`]`), option)
    assert.match(guide, new RegExp(`\`swarm ${verb.name}\\b`))
  })

  test(`the examples of swarm ${verb.name} are of that verb`, () => {
    assert.ok(verb.examples.length > 0)
    for (const example of verb.examples)
      assert.match(example, new RegExp(`\\bswarm (?:(?:--env|-e) \\S+ )?${verb.name}\\b`), example)
  })
}

test('every variable that the kit reads is described, and none that it does not', () => {
  const sources = globSync('kit/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('cli/variables.ts'))
  const read = sources.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?<=env\.|\{ |, )SWARM_\w+(?=[ ),:|])/g)].map(
      String,
    ),
  )
  assert.deepEqual([...new Set(read)].sort(), Object.keys(variables).sort())
  for (const name of Object.keys(variables)) assert.ok(page.includes(`\`${name}\``), name)
})
