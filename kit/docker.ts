import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { CommandError } from './command-error.ts'
import { teller } from './dry-run.ts'
import { environment } from './environment.ts'
import { ownSignal } from './interruption.ts'
import { shellLine } from './shell-line.ts'

export { CommandError }

/** What to run, as data: the arguments of docker, and what the environment says besides. */
export interface Command {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What it reads from its standard input; without it, nothing. */
  readonly input?: string | Uint8Array
  /** What the input is, as a file's name: for a dry run that must not show it, or cannot. */
  readonly inputIs?: string
}

export interface Running {
  /** Called with each line the command writes. */
  readonly onLine?: (line: string) => void
  /** The command is ended after so long. */
  readonly seconds?: number
  /** It changes nothing until its end, so an interruption need not wait for it. */
  readonly mayBreakOff?: boolean
}

const KEPT_LINES = 30

/** Runs docker; what it writes to standard output, trimmed. Throws a CommandError. */
export const docker = (command: Command, running?: Running): Promise<string> =>
  execute('docker', command, running)

/** Runs a command that changes something. In a dry run it is only told, and its answer is empty. */
export async function change(command: Command, running?: Running): Promise<string> {
  const tell = teller()
  if (tell === undefined) return docker(command, running)
  tell(shellLine(command))
  return ''
}

/** Runs git in the working directory; what it writes to standard output, trimmed. Throws a CommandError. */
export const git = (...args: string[]): Promise<string> => execute('git', { args })

/** A line that a command wrote, and where to. */
export type OnLine = (line: string, to: 'output' | 'errors') => void

/** Runs docker, and hands on each line at once; ends with the exit code, also when `signal` ends it. */
export function follow({ args, env }: Command, onLine: OnLine, signal?: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, {
      env: { ...environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    })
    createInterface({ input: child.stdout }).on('line', (line) => onLine(line, 'output'))
    createInterface({ input: child.stderr }).on('line', (line) => onLine(line, 'errors'))
    child.once('error', (error) => {
      if (error.name !== 'AbortError') reject(cannotRun('docker', args, error))
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** Runs docker with the terminal of this process as its own; its exit code. */
export function attach({ args, env }: Command): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, { env: { ...environment(), ...env }, stdio: 'inherit' })
    child.once('error', (error) => reject(cannotRun('docker', args, error)))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

const cannotRun = (program: string, args: readonly string[], error: Error): CommandError =>
  new CommandError(program, args, `cannot run: ${error.message}`, [])

function ending(code: number | null, signal: string | null, limit: number | undefined): string {
  if (limit !== undefined) return `was ended, as it took longer than ${limit} s`
  return code === null ? `ended by ${signal}` : `exit ${code}`
}

/** What the engine tells is printed, and why it does not is an error; a program in a container may print both. */
const saysWhyThere = ([verb]: readonly string[]): boolean => verb === 'exec'

function execute(
  program: string,
  { args, env = {}, input }: Command,
  { onLine, seconds = 600, mayBreakOff = false }: Running = {},
): Promise<string> {
  const interruption = ownSignal()
  return new Promise((resolve, reject) => {
    if (interruption?.aborted) return reject(interruption.reason)
    const child = spawn(program, args, {
      env: { ...environment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
      // Out of reach of the terminal's Ctrl-C: a command that is broken off leaves half of its work in the engine.
      detached: true,
    })
    const breakOff = () => {
      // Docker runs its plugins as processes of their own.
      if (child.pid && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGTERM')
    }
    if (mayBreakOff) interruption?.addEventListener('abort', breakOff)
    // A command that ends early leaves its input unread.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    let output = ''
    const last: string[] = []
    const keep = (line: string) => {
      last.push(line)
      if (last.length > KEPT_LINES) last.shift()
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    for (const stream of [child.stdout, child.stderr]) {
      const lines = createInterface({ input: stream })
      if (onLine) lines.on('line', onLine)
      if (stream === child.stderr || saysWhyThere(args)) lines.on('line', keep)
    }
    child.once('error', (error) => reject(cannotRun(program, args, error)))
    child.once('close', (code, signal) => {
      interruption?.removeEventListener('abort', breakOff)
      if (mayBreakOff && interruption?.aborted) reject(interruption.reason)
      else if (code === 0) resolve(output.trim())
      else
        reject(
          new CommandError(program, args, ending(code, signal, child.killed ? seconds : undefined), last),
        )
    })
  })
}
