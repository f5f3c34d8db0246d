import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { screen } from './screen.ts'

const app = {
  app_name: 'shop',
  services: [
    {
      service_name: 'site',
      components: [{ component_name: 'web', image: 'web:$tag', env: { WHO: '$GIANTSWARM_LOGIN_NAME' } }],
    },
  ],
}

function project(t: TestContext, files: Record<string, unknown>): string {
  const directory = mkdtempSync(join(tmpdir(), 'swarm-verbs-'))
  t.after(() => rmSync(directory, { recursive: true }))
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content))
  return directory
}

async function typed(directory: string, line: string, env: NodeJS.ProcessEnv = {}) {
  const { told, context } = screen({ directory, env: { USER: 'ann', ...env } })
  return { code: await run(line.split(' '), context), ...told }
}

const both = { 'shop/production': { tag: '1' }, 'shop/testing': { tag: '2' } }

test('the environment is that of --env, else of SWARM_ENV, else the only one there is', async (t) => {
  const directory = project(t, { 'swarm.json': app, 'swarmvars.json': both })
  const image = async (line: string, env = {}) => /web:\d/.exec((await typed(directory, line, env)).said)?.[0]
  assert.equal(await image('compile --env shop/testing', { SWARM_ENV: 'shop/production' }), 'web:2')
  assert.equal(await image('compile shop/testing', { SWARM_ENV: 'shop/production' }), 'web:2')
  assert.equal(await image('compile', { SWARM_ENV: 'shop/production' }), 'web:1')
  const { code, complained } = await typed(directory, 'compile')
  assert.equal(code, 2)
  assert.match(
    complained,
    /not said which environment[\s\S]*shop\/production, shop\/testing[\s\S]*--env shop\/production/,
  )
  writeFileSync(join(directory, 'swarmvars.json'), JSON.stringify({ 'shop/testing': both['shop/testing'] }))
  assert.equal(await image('compile'), 'web:2')
})

test('compile prints the same file each time, and JSON of the same', async (t) => {
  const directory = project(t, { 'swarm.json': app, 'swarmvars.json': both })
  const first = await typed(directory, 'compile shop/production')
  assert.equal(first.code, 0)
  assert.match(first.said, /^services:/m)
  assert.match(first.said, /WHO: ann/)
  assert.deepEqual(await typed(directory, 'compile shop/production'), first)
  const json = JSON.parse((await typed(directory, 'compile shop/production --json')).said)
  assert.equal(json.services['site-web'].image, 'web:1')
})

test('variables of the command line beat those of files', async (t) => {
  const directory = project(t, {
    'swarm.json': app,
    'swarmvars.json': both,
    'more.json': { tag: '3' },
  })
  assert.match((await typed(directory, 'compile shop/testing --var-file more.json')).said, /web:3/)
  assert.match(
    (await typed(directory, 'compile shop/testing --var-file more.json --var tag=4')).said,
    /web:4/,
  )
})

test('all faults are told at once, with their places, and the exit code is 1', async (t) => {
  const broken = { app_name: 'shop', services: [{ service_name: 'a', components: [{ imagee: '$none' }] }] }
  const directory = project(t, { 'swarm.json': broken, 'swarmvars.json': both })
  const { code, said, complained } = await typed(directory, 'compile shop/testing')
  assert.deepEqual([code, said], [1, ''])
  assert.match(complained, /swarm\.json cannot be used in shop\/testing:\n {4}swarm\.json:1 services\/a/)
  assert.ok((complained.match(/^ {4}swarm\.json:1/gm) ?? []).length >= 2)
})

test('what looks like a secret is a warning, and with --strict an error', async (t) => {
  const [service] = app.services
  const components = [
    { component_name: 'web', image: 'web:1', env: { API_TOKEN: 'f3a9c1d27b6e48a09c5d1e7f' } },
  ]
  const leaky = { ...app, services: [{ ...service, components }] }
  const directory = project(t, { 'swarm.json': leaky, 'swarmvars.json': { 'shop/testing': {} } })
  const warned = await typed(directory, 'compile')
  assert.equal(warned.code, 0)
  assert.match(warned.complained, /^warning: swarm\.json:1 .*API_TOKEN/m)
  assert.equal((await typed(directory, 'compile --strict')).code, 1)
})

test('env lists environments, and tells the variables of one with their places', async (t) => {
  const directory = project(t, { 'swarm.json': app, 'swarmvars.json': both })
  assert.equal(
    (await typed(directory, 'env --env shop/testing')).said,
    '   shop/production\n*  shop/testing\n',
  )
  const { said } = await typed(directory, 'env shop/testing --var more=5 --json')
  const rows = JSON.parse(said) as { name: string }[]
  assert.deepEqual(
    rows.find(({ name }) => name === 'tag'),
    {
      name: 'tag',
      value: '2',
      from: 'swarmvars.json:1',
    },
  )
  assert.deepEqual(
    rows.find(({ name }) => name === 'more'),
    { name: 'more', value: '5', from: '--var' },
  )
})

test('convert rewrites the second format, and says what is wrong with another file', async (t) => {
  const second = { name: 'shop', components: { web: { image: 'web:$tag', ports: '80' } } }
  const directory = project(t, { 'old.json': second, 'swarm.json': app })
  const { code, said } = await typed(directory, 'convert old.json')
  assert.equal(code, 0)
  assert.equal(JSON.parse(said).app_name, 'shop')
  const wrong = await typed(directory, 'convert')
  assert.equal(wrong.code, 1)
  assert.match(wrong.complained, /first format already/)
  assert.match((await typed(directory, 'convert none.json')).complained, /none\.json cannot be read/)
})
