import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { optionsOf } from '../../kit/cli/options.ts'
import { verbs } from '../../kit/commands/index.ts'
import { scriptNames } from '../../reference/commands.ts'

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
}

interface Job {
  readonly needs?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly environment?: { readonly name: string }
  readonly 'timeout-minutes'?: number
  readonly steps?: readonly Step[]
}

interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

/** The lines of a script, those that go on in the next one as one. */
const linesOf = (script: string): string[] => script.replaceAll('\\\n', ' ').split('\n')

const root = join(import.meta.dirname, '../..')
const files = globSync('.github/workflows/*.yml', { cwd: root }).map((file) => join(root, file))
const workflows = new Map(
  files.map((file) => [basename(file), load(readFileSync(file, 'utf8')) as Workflow] as const),
)
const jobs = [...workflows.values()].flatMap((workflow) => Object.values(workflow.jobs))
const commands = jobs.flatMap(({ steps = [] }) => steps.flatMap(({ run = '' }) => linesOf(run)))

test('every action is pinned to a commit, and says which version that is', () => {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const used = lines.filter((line) => /\buses:/.test(line) && !line.includes('./.github/'))
  assert.ok(used.length > 0)
  for (const line of used) assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test('no job may write to the repository, and none runs for ever', () => {
  for (const { permissions } of workflows.values()) assert.deepEqual(permissions, { contents: 'read' })
  for (const { uses, 'timeout-minutes': minutes = 0 } of jobs) assert.ok(uses || minutes > 0)
})

test('tests come before images, staging before production, and production waits for a person', () => {
  const { test: tests, images, staging, production } = workflows.get('site.yml')?.jobs ?? {}
  assert.equal(tests?.needs, undefined)
  assert.equal(images?.needs, 'test')
  assert.deepEqual([staging?.needs, staging?.with?.environment], ['images', 'staging'])
  assert.deepEqual([production?.needs, production?.with?.environment], ['staging', 'production'])
  assert.match(workflows.get('deploy.yml')?.jobs.deploy?.environment?.name ?? '', /inputs\.environment/)
})

test('what a deploy has put in place is probed, and taken back where the probe fails', () => {
  const steps = workflows.get('deploy.yml')?.jobs.deploy?.steps ?? []
  const place = (command: string) => steps.findIndex(({ run = '' }) => run.includes(command))
  assert.ok(place('swarm up') > 0)
  assert.ok(place('npm run probe') > place('swarm up'))
  assert.ok(place('swarm rollback') > place('npm run probe'))
  const { if: when = '' } = steps[place('swarm rollback')] ?? {}
  assert.match(when, /steps\.probe\.outcome == 'failure' && steps\.deploy\.outputs\.changed == 'true'/)
})

for (const changed of [true, false])
  test(`a deploy hands on that it changed ${changed ? 'something' : 'nothing'}`, (t) => {
    const { run = '' } =
      workflows.get('deploy.yml')?.jobs.deploy?.steps?.find(({ id }) => id === 'deploy') ?? {}
    const folder = mkdtempSync(join(tmpdir(), 'workflow-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const said = JSON.stringify({ verb: 'up', exitCode: 0, changed })
    writeFileSync(join(folder, 'npx'), `#!/bin/sh\necho '${said}'\n`, { mode: 0o755 })
    const PATH = [folder, dirname(process.execPath), process.env.PATH].join(delimiter)
    const GITHUB_OUTPUT = join(folder, 'output')
    // As GitHub runs it where a step names no shell.
    execFileSync('bash', ['--norc', '-e', '-c', run], { env: { PATH, RUNNER_TEMP: folder, GITHUB_OUTPUT } })
    assert.equal(readFileSync(GITHUB_OUTPUT, 'utf8'), `changed=${changed}\n`)
  })

test('the scripts, verbs and options that CI uses are there', () => {
  for (const [, script = ''] of commands.join('\n').matchAll(/\bnpm run ([\w:-]+)/g))
    assert.ok(scriptNames().includes(script), script)
  for (const [file] of commands.join('\n').matchAll(/^\.ci\/\w+/gm))
    assert.ok(existsSync(join(root, file)), file)
  const used = commands.filter((line) => line.startsWith('npx swarm '))
  assert.equal(used.length, 2)
  for (const line of used) {
    const verb = verbs.find(({ name }) => name === line.split(' ')[2])
    assert.ok(verb, line)
    const known = Object.keys(optionsOf(verb))
    for (const [, option = ''] of line.matchAll(/ --([\w-]+)/g)) assert.ok(known.includes(option), option)
  }
})
