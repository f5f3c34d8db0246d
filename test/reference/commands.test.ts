import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { commands, composeVariables } from '../../reference/command-table.ts'
import { composeDefaults, scriptNames } from '../../reference/commands.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

test('every script is described, and none that is not there', () => {
  assert.deepEqual(Object.keys(commands).sort(), scriptNames().sort())
})

test('every variable of docker-compose.yml is described, and none that is not there', () => {
  assert.deepEqual(Object.keys(composeVariables).sort(), [...composeDefaults().keys()].sort())
})

test('commands that are the first to be typed on a server install what they need', () => {
  for (const script of ['start', 'test', 'secrets', 'rollout', 'operator', 'privacy', 'content:check', 'new'])
    assert.equal(scripts[`pre${script}`], 'node setup.mjs', script)
})

for (const [script, { options = {} }] of Object.entries(commands)) {
  const file = /^node (\S+\.ts)$/.exec(scripts[script] ?? '')?.[1]
  if (file === undefined) continue
  test(`the options of ${script} are those that ${file} takes`, () => {
    const [imported] = /(?<=import\('\.\/).*-command\.ts(?='\))/.exec(read(file)) ?? []
    const parser = imported ? join(dirname(file), imported) : file
    const taken = [...read(parser).matchAll(/(?<=[{,\s])(\w+): \{ type: '(?:string|boolean)'/g)]
    assert.deepEqual(Object.keys(options).sort(), taken.map(([, name]) => name).sort())
  })
}

const endings: readonly { script: string; code: number; args?: string[]; env?: NodeJS.ProcessEnv }[] = [
  { script: 'start', code: 1, env: { PORT: 'none' } },
  { script: 'test', code: 1, args: ['--only', 'no such test'] },
  { script: 'content:check', code: 1, env: { CONTENT_DIR: 'no/such/folder' } },
  { script: 'screenshots', code: 2 },
]

for (const { script, code, args = [], env = {} } of endings) {
  test(`${script} ends with ${code} where the reference says so`, (t) => {
    const [, file = ''] = (scripts[script] ?? '').split(' ')
    const CACHE_DIR = mkdtempSync(join(tmpdir(), 'reference-'))
    t.after(() => rmSync(CACHE_DIR, { recursive: true, force: true }))
    const settings = { PATH: process.env.PATH, CACHE_DIR, ...env }
    const { status } = spawnSync(process.execPath, [file, ...args], {
      cwd: root,
      env: settings,
      timeout: 30_000,
    })
    assert.equal(status, code)
    assert.ok(commands[script]?.exits?.[code], `${script} has no exit code ${code} in the reference`)
  })
}
