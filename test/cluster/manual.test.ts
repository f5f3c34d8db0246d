import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
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

/** The command `swarm secrets set` as the manual calls it, which notes what it is given: in a file, or to read. */
const NPX = `#!/bin/sh
if [ "$5" = --from ]; then given=$(cat "$6") how=file; else given=$(od -An -tx1) how=input; fi
echo "$4 $how $given" >>"$NOTED"
`

test('the loop over the secrets needs to write none: empty files are read-only, too', (t) => {
  const block = manual().find(({ script }) => script.includes('swarm secrets set'))
  const folder = mkdtempSync(join(tmpdir(), 'manual-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'npx'), NPX, { mode: 0o755 })
  mkdirSync(join(folder, 'secrets/tls'), { recursive: true })
  for (const [name, content] of Object.entries({ crm_token: '', mail_url: 'outbox:' }))
    writeFileSync(join(folder, 'secrets', name), content, { mode: 0o444 })
  const NOTED = join(folder, 'noted')
  const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, NOTED }
  const options = ['--norc', '-eu', '-o', 'pipefail']
  execFileSync('bash', [...options, '-c', block?.script ?? ''], { cwd: folder, env, stdio: 'ignore' })
  assert.equal(readFileSync(NOTED, 'utf8'), 'crm_token input  0a\nmail_url file outbox:\n')
  assert.equal(readFileSync(join(folder, 'secrets/crm_token'), 'utf8'), '')
})
