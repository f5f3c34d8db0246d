import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeBase, removeRoot } from './base.ts'
import { run } from './command.ts'
import { docker, startContainer } from './docker.ts'
import { isWhole } from './images.ts'
import { LABEL, madeBy, makeStandIn, recipe } from './standins.ts'

const folder = mkdtempSync(join(tmpdir(), 'images-'))
const tag = `dogfood-test-image:${process.pid}`
const base = `dogfood-test-base:${process.pid}`

after(async () => {
  await removeRoot(folder)
  for (const image of [tag, base]) await docker('image', 'rm', '--force', image)
})

test('a half-made image under the right name is found out and made again', async () => {
  writeFileSync(join(folder, 'redis-server'), 'half of')
  await run('tar', ['-C', folder, '-cf', join(folder, 'half.tar'), 'redis-server'])
  await docker('import', join(folder, 'half.tar'), tag)
  assert.equal(await isWhole('redis:8.10.1', tag), false)
  await makeStandIn('redis:8.10.1', tag)
  assert.equal(await isWhole('redis:8.10.1', tag), true)
  assert.match(await docker('run', '--rm', '--entrypoint', 'redis-server', tag, '--version'), /v=8\./)
})

test('a stand-in made by an older recipe is made again', async () => {
  await docker('import', '--change', `LABEL ${LABEL}=older`, join(folder, 'half.tar'), tag)
  assert.equal(await isWhole('redis:8.10.1', tag), false)
})

test('a base image is made over a folder that was cut off with the system mounted inside', async () => {
  const root = join(folder, 'base')
  mkdirSync(join(root, 'proc'), { recursive: true })
  mkdirSync(join(root, 'usr'))
  writeFileSync(join(root, 'usr/half'), '')
  await run('mount', ['-t', 'proc', 'proc', join(root, 'proc')])
  await makeBase(base, `${LABEL}=whole`, root)
  assert.equal(await madeBy(base), 'whole')
  assert.equal(existsSync(root), false)
  await docker('run', '--rm', base, 'sh', '-c', 'test ! -e /usr/half && apt-get update')
})

test('the images have the users of the official ones', async () => {
  const users = {
    'redis:8.10.1': ['redis', 999],
    'node:26.10.0-slim': ['node', 1000],
    'nginx:1.30.6': ['nginx', 101],
  } as const
  for (const [image, [user, id]] of Object.entries(users)) {
    assert.equal(await docker('run', '--rm', '--entrypoint', 'id', image, '-u', user), String(id), image)
  }
  assert.equal(await docker('run', '--rm', '--entrypoint', 'id', 'haproxy:3.2.26', '-u'), '99')
})

test('an interrupted package installation is mended before the next one', async () => {
  const options = ['--volume', `${process.cwd()}:/project:ro`, '--user', 'root']
  const machine = await startContainer({ image: 'node:26.10.0-slim', options, args: ['sleep', 'infinity'] })
  const inside = (script: string): Promise<string> => docker('exec', machine.id, 'sh', '-ec', script)
  await inside('apt-get update && cd /tmp && apt-get download tini && dpkg --unpack tini_*.deb')
  assert.notEqual(await inside('dpkg --audit'), '')
  const install =
    "import('/project/test/lab/apt.ts').then(({ installPackages }) => installPackages(['socat']))"
  await docker('exec', machine.id, 'node', '--eval', install)
  assert.equal(await inside('dpkg --audit'), '')
  await inside('socat -V')
  await machine.remove()
})

test('the recipe of an image changes with what it is made of', () => {
  assert.notEqual(recipe('redis:8.10.1'), recipe('nginx:1.30.6'))
  assert.equal(recipe('redis:8.10.1'), recipe('redis:8.10.1'))
})
