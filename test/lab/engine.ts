import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { run, succeeds } from './command.ts'
import { shareProcessor } from './processor.ts'

/** Where an engine keeps its files. */
export interface EngineFiles {
  socket: string
  /** Sockets and pid files; forgotten by a restart of the machine. */
  run: string
  /** Images and containers. */
  data: string
  /** A network namespace to live in instead of the machine's. */
  namespace?: string
}

export const machineEngine: EngineFiles = {
  socket: '/var/run/docker.sock',
  run: '/var/run',
  data: '/var/lib/docker',
}

/** The mark by which the lab knows a daemon it started itself. */
const OURS = 'dogfood.lab=engine'
const START_SECONDS = 60
const HUNG_SECONDS = 15

/** Whether an engine answers at the socket, or with no socket at the place the docker command is set to. */
export const answers = (socket?: string): Promise<boolean> =>
  succeeds('docker', [...(socket ? ['-H', `unix://${socket}`] : []), 'version'], { timeout: 10_000 })

/** Starts a daemon over whatever an earlier one left behind, and waits until it answers. */
export async function startEngine(files: EngineFiles = machineEngine): Promise<void> {
  if (await answersAfterWaiting(files)) return
  await clearLeftovers(files)
  if (files === machineEngine && existsSync('/run/systemd/system'))
    await run('systemctl', ['start', 'docker'])
  else launch(files)
  if (!(await answersWithin(files, START_SECONDS))) {
    throw new Error(`the Docker daemon does not answer at ${files.socket}: read ${logOf(files)}`)
  }
}

/** The process number of the living daemon of these files. */
export function daemonPid(files: EngineFiles): number | undefined {
  return livingPid(pidFile(files), 'dockerd')
}

const logOf = ({ run: folder }: EngineFiles): string => join(folder, 'dogfood-dockerd.log')
const pidFile = ({ run: folder }: EngineFiles): string => join(folder, 'docker.pid')
const containerdFiles = ({ run: folder }: EngineFiles): string => join(folder, 'docker/containerd')

async function answersAfterWaiting(files: EngineFiles): Promise<boolean> {
  if (daemonPid(files) === undefined) return answers(files.socket)
  return answersWithin(files, HUNG_SECONDS)
}

async function answersWithin(files: EngineFiles, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    if (await answers(files.socket)) return true
    await wait(200)
  }
  return false
}

function launch(files: EngineFiles): void {
  mkdirSync(files.run, { recursive: true })
  const log = openSync(logOf(files), 'a')
  const own = files === machineEngine ? [] : ownPlaces(files)
  const enter = files.namespace ? ['nsenter', `--net=/run/netns/${files.namespace}`] : []
  const [command = '', ...args] = [...enter, 'dockerd', '--label', OURS, ...own]
  const engine = spawn(command, args, { detached: true, stdio: ['ignore', log, log] })
  engine.unref()
  closeSync(log)
  if (engine.pid !== undefined) shareProcessor(engine.pid)
}

const ownPlaces = (files: EngineFiles): string[] => [
  ...['-H', `unix://${files.socket}`, '--pidfile', pidFile(files)],
  ...['--exec-root', join(files.run, 'docker'), '--data-root', files.data],
]

/** A daemon that hangs is ended only when the lab started it; dead ones leave pid files and sockets. */
async function clearLeftovers(files: EngineFiles): Promise<void> {
  const hung = daemonPid(files)
  if (hung !== undefined) {
    if (!readFileSync(`/proc/${hung}/cmdline`, 'utf8').includes(OURS)) {
      throw new Error(`the Docker daemon, process ${hung}, does not answer: restart it, then try again`)
    }
    await end(hung)
  }
  const containerd = join(containerdFiles(files), 'containerd.pid')
  const orphan = livingPid(containerd, 'containerd')
  if (orphan !== undefined) await end(orphan)
  for (const stale of [pidFile(files), containerd]) rmSync(stale, { force: true })
  const shared = '/run/containerd/containerd.sock'
  // dockerd waits for the machine's containerd as long as its socket exists.
  if (existsSync(shared) && !(await listens(shared))) rmSync(shared)
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (existsSync(`/proc/${pid}`)) await wait(50)
}

/** The number in a pid file, if a process of that name has it: numbers are given out again. */
function livingPid(file: string, name: string): number | undefined {
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN
  const comm = `/proc/${pid}/comm`
  return existsSync(comm) && readFileSync(comm, 'utf8').trim() === name ? pid : undefined
}

const listens = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const client = createConnection(socket)
    client.once('connect', () => resolve(true)).once('error', () => resolve(false))
    client.once('connect', () => client.destroy())
  })
