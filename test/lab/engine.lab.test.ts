import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { run, succeeds } from './command.ts'
import { answers, daemonPid, type EngineFiles, startEngine } from './engine.ts'

// An engine of its own, in a network of its own: the machine's engine may be at work for others.
const folder = mkdtempSync(join(tmpdir(), 'engine-'))
const namespace = `dogfood-test-${process.pid}`
const files: EngineFiles = {
  socket: join(folder, 'docker.sock'),
  run: join(folder, 'run'),
  data: join(folder, 'data'),
  namespace,
}
const pid = (): number => daemonPid(files) ?? assert.fail('the daemon is not there')
const signal = (name: NodeJS.Signals): boolean => process.kill(pid(), name)

async function starts(): Promise<void> {
  await startEngine(files)
  assert.ok(await answers(files.socket))
}

before(async () => {
  await run('ip', ['netns', 'add', namespace])
})
after(async () => {
  if (daemonPid(files) !== undefined) signal('SIGTERM')
  while (daemonPid(files) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50))
  await succeeds('ip', ['netns', 'delete', namespace])
  const mounts = await run('sh', ['-c', `grep -o ' ${folder}/[^ ]*' /proc/mounts || true`])
  for (const point of mounts.split('\n').filter(Boolean)) await run('umount', ['--lazy', point.trim()])
  rmSync(folder, { recursive: true, force: true })
})

test('an engine starts where none ever ran, and is left alone when it runs', async () => {
  await starts()
  const first = pid()
  await starts()
  assert.equal(pid(), first)
})

test('an engine counts for the processor as one of its containers does, not with each of its threads', () => {
  // Version 2 of the control groups comes with systemd, which does it by itself.
  if (!existsSync('/sys/fs/cgroup/cpu/cpu.shares')) return
  assert.match(readFileSync(`/proc/${pid()}/cgroup`, 'utf8'), /^\d+:cpu\b.*:\/dogfood-engine$/m)
  assert.equal(readFileSync('/sys/fs/cgroup/cpu/docker/cpu.shares', 'utf8').trim(), '8192')
})

test('an engine that was killed starts again over its pid files, bridge and network namespace', async () => {
  signal('SIGKILL')
  while (daemonPid(files) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.match(await run('ip', ['-n', namespace, '-o', 'link', 'show']), /docker0/)
  await starts()
})

test('an engine starts though its pid files name processes of others', async () => {
  signal('SIGKILL')
  while (daemonPid(files) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50))
  mkdirSync(join(files.run, 'docker/containerd'), { recursive: true })
  for (const name of ['docker.pid', 'docker/containerd/containerd.pid']) {
    writeFileSync(join(files.run, name), String(process.pid))
  }
  await starts()
})

test('an engine that hangs is replaced', async () => {
  const hung = pid()
  signal('SIGSTOP')
  await starts()
  assert.notEqual(pid(), hung)
})
