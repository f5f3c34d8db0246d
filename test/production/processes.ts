import { docker } from '../lab/docker.ts'

/** What the kernel says of a process in a container. */
export interface RunningProcess {
  readonly name: string
  readonly uid: number
  /** Bits of the capabilities it has. */
  readonly capabilities: string
  readonly noNewPrivileges: boolean
  /** 2: its system calls are filtered. */
  readonly seccomp: number
}

/** All processes of a container. */
export async function processesIn(id: string): Promise<RunningProcess[]> {
  const fields = '^(Name|Uid|CapEff|NoNewPrivs|Seccomp):'
  const ask = `for one in /proc/[0-9]*; do echo; grep -E "${fields}" $one/status; done`
  const answer = await docker('exec', id, 'sh', '-c', ask)
  // Before it becomes what it was started for, such as a health check, the engine's own process is seen there.
  const all = answer.split('\n\n').filter(Boolean).map(processOf)
  return all.filter(({ name }) => !name.startsWith('runc:'))
}

function processOf(status: string): RunningProcess {
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? ''
  return {
    name: field('Name'),
    uid: Number(field('Uid')),
    capabilities: field('CapEff'),
    noNewPrivileges: field('NoNewPrivs') === '1',
    seccomp: Number(field('Seccomp')),
  }
}

/** File systems in memory that a container may write to, with their options. */
export async function memoryMounts(id: string): Promise<{ place: string; options: string[] }[]> {
  const lines = (await docker('exec', id, 'cat', '/proc/mounts')).split('\n').map((line) => line.split(' '))
  return lines
    .filter(([, place = '', kind]) => kind === 'tmpfs' && !/^\/(?:proc|sys|dev|etc|run)(?:\/|$)/.test(place))
    .map(([, place = '', , options = '']) => ({ place, options: options.split(',') }))
    .filter(({ options }) => options.includes('rw'))
}

/** Kills processes from outside their containers, as the kernel does when memory runs out: no engine was asked to. */
export async function killFromOutside(pids: number | readonly number[], helper: string): Promise<void> {
  const kill = `kill -9 ${[pids].flat().join(' ')}`
  await docker('run', '--rm', '--pid', 'host', '--user', '0', '--entrypoint', 'sh', helper, '-c', kill)
}

/** Number on the host of the process that does a container's work: the child of its init. Health checks are none. */
export async function mainProcess(id: string): Promise<number> {
  const init = await docker('inspect', '--format', '{{.State.Pid}}', id)
  const lines = (await docker('top', id, '-o', 'pid,ppid'))
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  const [pid] = lines.find(([, parent]) => parent === init) ?? []
  if (pid === undefined) throw new Error(`the init of ${id} has no child`)
  return Number(pid)
}
