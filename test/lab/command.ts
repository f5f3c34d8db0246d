import { spawn } from 'node:child_process'

export interface CommandOptions {
  /** Written to the command's standard input. */
  input?: string
  cwd?: string
  /** Milliseconds after which the command is ended. */
  timeout?: number
}

const ERROR_LINES = 20

export class CommandError extends Error {
  readonly exit: number | null
  readonly stderr: string

  constructor(command: string, exit: number | null, stderr: string) {
    const end = stderr.trim().split('\n').slice(-ERROR_LINES).join('\n')
    super(`${command}: ${exit === null ? 'not started, or ended by its time limit' : `exit ${exit}`}\n${end}`)
    this.name = 'CommandError'
    this.exit = exit
    this.stderr = stderr
  }
}

/** Runs a command without a shell; its standard output, trimmed. Throws a CommandError that carries stderr. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { input = '', cwd, timeout } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, timeout, killSignal: 'SIGKILL' })
    const name = [command, ...args.slice(0, 4)].join(' ')
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', (error) => reject(new CommandError(name, null, error.message)))
    child.once('close', (exit) =>
      exit === 0 ? resolve(stdout.trim()) : reject(new CommandError(name, exit, stderr)),
    )
    // A command that ends before it has read everything is judged by its exit, not by the broken pipe.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** Whether the command ends with exit 0. */
export const succeeds = (
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<boolean> =>
  run(command, args, options).then(
    () => true,
    () => false,
  )
