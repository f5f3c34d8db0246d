import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Keeps one process running, and replaces it by a new one on request. */
export interface Supervisor {
  /** Ends the process politely and starts it anew; calls during a restart are part of that restart. */
  restart(): void
  /** Passes the signal on (0 is none) and answers the exit code of the process. */
  stop(signal: NodeJS.Signals | 0): Promise<number>
}

export interface SupervisorOptions {
  /** Called when the process ended although nobody asked it to; it is started again at the next restart. */
  onEnd(how: string): void
  /** Milliseconds a process may take to stop before it is killed. */
  patience?: number
}

const defaultPatience = 5000

/** Runs Node with `args`, its input and output shared with this process. */
export function supervise(args: readonly string[], options: SupervisorOptions): Supervisor {
  const { onEnd, patience = defaultPatience } = options
  const expected = new WeakSet<ChildProcess>()
  let restarting = false
  let stopped = false
  let child = start()

  function start(): ChildProcess {
    const started = spawn(process.execPath, args, { stdio: 'inherit' })
    started.on('exit', (code, signal) => {
      if (!expected.has(started)) onEnd(signal ?? `code ${code}`)
    })
    return started
  }

  async function end(signal: NodeJS.Signals | 0): Promise<number> {
    expected.add(child)
    if (hasEnded(child)) return child.exitCode ?? 1
    const timer = setTimeout(() => child.kill('SIGKILL'), patience)
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    clearTimeout(timer)
    return child.exitCode ?? 1
  }

  async function replace(): Promise<void> {
    restarting = true
    await end('SIGTERM')
    // From here on a save comes too late for the new process, so it has to ask for another restart.
    restarting = false
    if (!stopped) child = start()
  }

  return {
    restart() {
      if (!restarting && !stopped) replace()
    },
    stop(signal) {
      stopped = true
      return end(signal)
    },
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null
