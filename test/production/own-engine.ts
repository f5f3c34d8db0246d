import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run, succeeds } from '../lab/command.ts'
import { daemonPid, type EngineFiles, startEngine } from '../lab/engine.ts'

/** An engine for one test, in a network of its own: it can be killed while the machine's engine works for others. */
export interface OwnEngine {
  readonly socket: string
  /** Begins a command that is to run in its network. */
  readonly enter: readonly string[]
  /** As a service manager does it. */
  restart(): Promise<void>
  /** All processes end at once; what was in memory and in the network is gone. */
  loseThePower(): Promise<void>
  /** What a machine does at its start. */
  boot(): Promise<void>
  remove(): Promise<void>
}

export async function startOwnEngine(): Promise<OwnEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'dogfood-engine-'))
  const namespace = `dogfood-test-${process.pid}`
  const files: EngineFiles = {
    socket: join(folder, 'docker.sock'),
    run: join(folder, 'run'),
    data: join(folder, 'data'),
    namespace,
  }
  const boot = async () => {
    await run('ip', ['netns', 'add', namespace])
    await run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up'])
    await startEngine(files)
  }
  const loseThePower = async () => {
    await killAll(folder, namespace)
    rmSync(files.run, { recursive: true, force: true })
    rmSync(files.socket, { force: true })
  }
  await boot()
  return {
    socket: files.socket,
    enter: ['ip', 'netns', 'exec', namespace],
    async restart() {
      const pid = daemonPid(files)
      if (pid !== undefined) process.kill(pid, 'SIGTERM')
      while (daemonPid(files) !== undefined) await sleep(50)
      await startEngine(files)
    },
    loseThePower,
    boot,
    async remove() {
      await loseThePower()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Ends whatever is in the network, is told of the folder, or descends of that; then unmounts what they mounted. */
async function killAll(folder: string, namespace: string): Promise<void> {
  // A process can be born while others are killed.
  for (let found = theirs(folder); found.length > 0; found = theirs(folder)) {
    for (const pid of found) kill(pid)
    await sleep(100)
  }
  await succeeds('ip', ['netns', 'delete', namespace])
  const points = readFileSync('/proc/mounts', 'utf8').split('\n')
  const mounted = points
    .map((line) => line.split(' ')[1] ?? '')
    .filter((point) => point.startsWith(`${folder}/`))
  for (const point of mounted.reverse()) await succeeds('umount', ['--lazy', point])
}

function theirs(folder: string): number[] {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1)
  const parents = new Map(pids.map((pid) => [pid, parentOf(pid)]))
  const isNamed = (pid: number) => pid !== process.pid && textOf(pid, 'cmdline').includes(folder)
  const ours = new Set(pids.filter(isNamed))
  // Children of children: until a round finds no more.
  for (let before = -1; before !== ours.size; ) {
    before = ours.size
    for (const [pid, parent] of parents) if (ours.has(parent)) ours.add(pid)
  }
  return [...ours].filter((pid) => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(textOf(pid, 'status')))
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(textOf(pid, 'status'))?.[1])

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}
