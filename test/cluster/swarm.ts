import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** How a run of the command `swarm` ended. */
export interface Ended {
  /** Null where it was killed. */
  readonly exit: number | null
  readonly output: string
  readonly seconds: number
}

export interface SwarmOptions {
  /** What DOCKER_HOST is set to. */
  readonly host: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Ends it by force. */
  readonly kill?: AbortSignal
  /** As Ctrl-C does. */
  readonly interrupt?: AbortSignal
}

const program = join(import.meta.dirname, '../../kit/swarm.ts')

/** Runs the command `swarm` in a folder. */
export function swarmIn(folder: string, args: readonly string[], options: SwarmOptions): Promise<Ended> {
  const { host, input = '', env = {}, kill, interrupt } = options
  const begun = performance.now()
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env, DOCKER_HOST: host },
    ...(kill && { signal: kill, killSignal: 'SIGKILL' as const }),
  })
  interrupt?.addEventListener('abort', () => child.kill('SIGINT'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      if (error.name !== 'AbortError') reject(error)
    })
    child.once('close', (exit) => resolve({ exit, output, seconds: (performance.now() - begun) / 1000 }))
  })
}
