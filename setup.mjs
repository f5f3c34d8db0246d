import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 20
const root = dirname(fileURLToPath(import.meta.url))
const lockFile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const npmLock = join(modules, '.package-lock.json')
const stamp = join(modules, '.installed')
const runtime = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

const fail = (message) => {
  console.error(`setup: ${message}`)
  process.exit(1)
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

function packagesIn(lock) {
  try {
    return JSON.parse(lock).packages
  } catch {
    return fail(`${lockFile} is missing or no JSON: check it out again`)
  }
}

/**
 * Packages put there by a plain `npm ci` or `npm install` count too, if every one the lock file asks for is there.
 * npm's own record of them is written last, but also by commands that install nothing.
 */
function installedByHand(packages) {
  if (!existsSync(npmLock)) return false
  return Object.entries(packages).every(([path, { version, optional, link }]) => {
    const manifest = read(join(root, path, 'package.json'))
    return (
      path === '' || link || (manifest === '' ? optional === true : JSON.parse(manifest).version === version)
    )
  })
}

function install() {
  console.log('setup: installing the packages of package-lock.json with npm ci (a minute the first time)')
  // An npm ci that is cut off must not leave its predecessor's marks.
  for (const mark of [stamp, npmLock]) rmSync(mark, { force: true })
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (npm.error) fail(`npm cannot be run (${npm.error.message}): install npm, then try again`)
  if (npm.status !== 0) {
    fail(
      `npm ci failed in ${root} (exit ${npm.status ?? npm.signal}): mend what npm says above, then try again`,
    )
  }
  if (!existsSync(runtime)) {
    fail(
      `npm ci left no ${runtime}: let npm run install scripts (npm config set ignore-scripts false), then try again`,
    )
  }
}

const version = Number.parseInt(process.versions.node, 10)
if (version < OLDEST_NODE) {
  fail(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer from https://nodejs.org`,
  )
}

const lock = read(lockFile)
const wanted = createHash('sha256').update(lock).digest('hex')
if (read(stamp) !== wanted || !existsSync(runtime)) {
  const packages = packagesIn(lock)
  if (!existsSync(runtime) || !installedByHand(packages)) install()
  writeFileSync(stamp, wanted)
}
