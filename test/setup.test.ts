import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'

const project = mkdtempSync(join(tmpdir(), 'setup-'))
const at = (...path: string[]): string => join(project, ...path)
const runtime = at('node_modules/.bin/node')
const INSTALLS = /^setup: installing .*\n$/

const npm = (cwd: string, ...args: string[]): void => {
  const { status, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
}

const setup = (options: { env?: NodeJS.ProcessEnv; node?: string[] } = {}) =>
  spawnSync(process.execPath, [...(options.node ?? []), 'setup.mjs'], {
    cwd: project,
    encoding: 'utf8',
    env: options.env,
  })

/** A project whose one package stands for the pinned runtime, and is slow to install while the file `slow` is there. */
function useRuntime(version: string): void {
  mkdirSync(at('runtime'), { recursive: true })
  const preinstall = 'while [ -e "$INIT_CWD/slow" ]; do touch "$INIT_CWD/started"; sleep 0.05; done'
  const manifest = { name: 'node', version, bin: { node: 'node.sh' }, scripts: { preinstall } }
  writeFileSync(at('runtime/package.json'), JSON.stringify(manifest))
  writeFileSync(at('runtime/node.sh'), '#!/bin/sh\n')
  npm(at('runtime'), 'pack', '--silent', '--pack-destination', project)
  const devDependencies = { node: `file:node-${version}.tgz` }
  writeFileSync(at('package.json'), JSON.stringify({ name: 'site', version: '1.0.0', devDependencies }))
  npm(project, 'install', '--package-lock-only', '--silent')
}

before(() => {
  copyFileSync('setup.mjs', at('setup.mjs'))
  useRuntime('1.0.0')
})
beforeEach(() => rmSync(at('node_modules'), { recursive: true, force: true }))
after(() => rmSync(project, { recursive: true }))

test('the first run installs, in one line; the second one is silent and calls nobody', () => {
  assert.match(setup().stdout, INSTALLS)
  assert.ok(existsSync(runtime))
  const second = setup({ env: { PATH: '/nowhere' } })
  assert.deepEqual([second.status, second.stdout, second.stderr], [0, '', ''])
})

test('a missing runtime is installed again', () => {
  setup()
  rmSync(runtime)
  assert.match(setup().stdout, INSTALLS)
  assert.ok(existsSync(runtime))
})

test('an installation that was cut off half way is done again', async () => {
  writeFileSync(at('slow'), '')
  const cut = spawn(process.execPath, ['setup.mjs'], { cwd: project, detached: true, stdio: 'ignore' })
  const ended = once(cut, 'exit')
  while (!existsSync(at('started'))) await wait(20)
  process.kill(-(cut.pid ?? 0), 'SIGKILL')
  await ended
  rmSync(at('slow'))
  assert.match(setup().stdout, INSTALLS)
  assert.equal(setup().stdout, '')
})

test('packages that npm itself installed are not thrown away', () => {
  npm(project, 'ci', '--silent')
  writeFileSync(at('node_modules/kept'), '')
  assert.equal(setup().stdout, '')
  assert.ok(existsSync(at('node_modules/kept')))
})

test('a changed lock file is installed, production or not', () => {
  setup()
  useRuntime('1.0.1')
  const production = ['NODE_ENV=production', process.execPath, 'setup.mjs']
  assert.match(spawnSync('env', production, { cwd: project, encoding: 'utf8' }).stdout, INSTALLS)
  assert.match(readFileSync(at('node_modules/node/package.json'), 'utf8'), /1\.0\.1/)
})

test('a machine without npm, a failed npm and an old Node are told apart', () => {
  const none = setup({ env: { PATH: '/nowhere' } })
  assert.equal(none.status, 1)
  assert.match(none.stderr, /npm cannot be run .*install npm/)

  mkdirSync(at('failing'), { recursive: true })
  writeFileSync(at('failing/npm'), '#!/bin/sh\necho no space left >&2\nexit 7\n', { mode: 0o755 })
  const failed = setup({ env: { PATH: at('failing') } })
  assert.equal(failed.status, 1)
  assert.match(failed.stderr, /no space left\nsetup: npm ci failed in .* \(exit 7\)/)

  const versions = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})"
  const old = setup({ node: ['--import', `data:text/javascript,${encodeURIComponent(versions)}`] })
  assert.equal(old.status, 1)
  assert.match(old.stderr, /Node 18\.20\.4 is too old: install Node 20 or newer/)
})

test('a lock file that is cut off is told apart from packages that are missing', () => {
  const lock = readFileSync(at('package-lock.json'), 'utf8')
  writeFileSync(at('package-lock.json'), lock.slice(0, -9))
  const { status, stderr } = setup()
  writeFileSync(at('package-lock.json'), lock)
  assert.equal(status, 1)
  assert.match(stderr, /^setup: .*package-lock\.json is missing or no JSON: check it out again\n$/)
})
