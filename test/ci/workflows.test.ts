import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { optionsOf } from '../../kit/cli/options.ts'
import { verbs } from '../../kit/commands/index.ts'
import { scriptNames } from '../../reference/commands.ts'

interface Step {
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

const root = join(import.meta.dirname, '../..')
const files = globSync('.github/workflows/*.yml', { cwd: root }).map((file) => join(root, file))
const workflows = new Map(
  files.map((file) => [basename(file), load(readFileSync(file, 'utf8')) as Workflow] as const),
)
const jobs = [...workflows.values()].flatMap((workflow) => Object.values(workflow.jobs))
const commands = jobs.flatMap(({ steps = [] }) => steps.flatMap(({ run = '' }) => run.split('\n')))

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
  assert.match(steps[place('swarm rollback')]?.if ?? '', /steps\.probe\.outcome == 'failure'/)
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
