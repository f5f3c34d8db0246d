import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { verbs } from '../../../kit/commands/index.ts'
import { screen } from './screen.ts'

const root = join(import.meta.dirname, '../../..')
const entry = join(root, 'kit/swarm.mjs')

test('what is typed wrongly ends with 2 and says where to look', async () => {
  const { told, context } = screen()
  assert.equal(await run(['statu'], context), 2)
  assert.equal(told.complained, 'There is no verb "statu".\nSee `swarm help`.\n')
})

test('--help prints the help of the verb and does nothing else', async () => {
  const { told, context } = screen()
  assert.equal(await run(['exec', 'web', '--help'], context), 0)
  assert.match(told.said, /^swarm exec COMPONENT/)
})

for (const { name } of verbs) {
  test(`the help of ${name} names its options, and ends with examples`, async () => {
    const { told, context } = screen()
    assert.equal(await run(['help', ...name.split(' ')], context), 0)
    assert.match(told.said, /Options:\n[\s\S]+--help[\s\S]+Examples:\n {2}\S/)
    assert.doesNotMatch(told.said, /`/)
    const asked = screen()
    assert.equal(await run([...name.split(' '), '--help'], asked.context), 0)
    assert.deepEqual(asked.told, told)
  })
}

test('--help of the first word of several verbs prints the help of each', async () => {
  const { told, context } = screen()
  assert.equal(await run(['canary', '--help'], context), 0)
  for (const { name } of verbs.filter(({ name }) => name.startsWith('canary ')))
    assert.match(told.said, new RegExp(`^swarm ${name} `, 'm'))
})

test('the overview names every verb', async () => {
  const { told, context } = screen()
  await run([], context)
  for (const { name } of verbs) assert.match(told.said, new RegExp(`^  ${name} `, 'm'))
})

test('the help for programs has every verb', async () => {
  const { told, context } = screen()
  await run(['help', '--json'], context)
  const names = (JSON.parse(told.said) as { name: string }[]).map(({ name }) => name)
  assert.deepEqual(
    names,
    verbs.map(({ name }) => name),
  )
})

test('help keys tells what may stand in swarm.json', async () => {
  const { told, context } = screen()
  await run(['help', 'keys'], context)
  assert.match(told.said, /component_name/)
})

test('a verb that changes takes --dry-run, --yes and --json, and one that prints takes --json', async () => {
  for (const { name, changes, prints } of verbs) {
    const { told, context } = screen()
    await run(['help', ...name.split(' ')], context)
    assert.equal(/--dry-run/.test(told.said) && /--yes/.test(told.said), changes, name)
    assert.equal(/--json/.test(told.said), prints || changes, name)
  }
})

test('an engine that does not answer is told with what to do', async () => {
  const env = { PATH: process.env.PATH, DOCKER_HOST: 'unix:///nowhere/docker.sock' }
  const { told, context } = screen({ directory: root, env })
  assert.equal(await run(['--env', 'dogfood/testing', 'status'], context), 1)
  assert.match(told.complained, /docker (?:service|stack|node|config)[\s\S]*No engine answers there/)
})

test('a machine without docker is told what to install', async () => {
  const { told, context } = screen({ directory: root, env: { PATH: '/nowhere' } })
  assert.equal(await run(['--env', 'dogfood/testing', 'status'], context), 1)
  assert.match(told.complained, /Install the Docker CLI/)
})

test('the program ends with the exit code of the verb', () => {
  const { status, stdout, stderr } = spawnSync(entry, ['nothing'], { encoding: 'utf8' })
  assert.deepEqual([status, stdout], [2, ''])
  assert.match(stderr, /no verb/)
})

test('a reader that is gone is no error', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', `${entry} help keys | head -n 1`], { encoding: 'utf8' })
  assert.equal(stdout.split('\n').length, 2)
  assert.equal(stderr, '')
})
