import { AsyncLocalStorage } from 'node:async_hooks'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Somebody wants the command to end. */
export class Interrupted extends Error {
  readonly signal: (typeof SIGNALS)[number]

  constructor(signal: (typeof SIGNALS)[number]) {
    super(`interrupted by ${signal}`)
    this.name = 'Interrupted'
    this.signal = signal
  }
}

// Ctrl-C comes twice at once: from the terminal, and from npm, which passes on what it gets.
const TWICE_MS = 1000

/** Aborts with an Interrupted when the process is asked to end; asked once more, it ends at once. */
export function interruption(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  let first: number | undefined
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (first !== undefined && performance.now() - first > TWICE_MS) process.exit(1)
      first ??= performance.now()
      controller.abort(new Interrupted(signal))
    })
  }
  return controller.signal
}

const storage = new AsyncLocalStorage<AbortSignal | undefined>()

/** Runs `work`, whose commands know the signal: once it is given, no other one is begun. */
export const interruptible = <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> =>
  storage.run(signal, work)

/** Runs what has to be done even then. */
export const regardless = <T>(work: () => Promise<T>): Promise<T> => storage.run(undefined, work)

/** The signal of the work that calls this. */
export const ownSignal = (): AbortSignal | undefined => storage.getStore()
