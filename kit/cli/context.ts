import type { Terminal } from '../terminal.ts'
import type { Done } from './as-json.ts'

/** What somebody may type or pipe in. */
export interface Input {
  /** Whether somebody sits there who can answer. */
  readonly isTerminal: boolean
  /** All of it, until its end. */
  all(): Promise<Buffer>
  /** Asks, and waits for one line; throws an Interrupted where somebody breaks that off. */
  answer(question: string): Promise<string>
}

/** For whom a verb is run by a component of the app, which has no definition. */
export interface Caller {
  readonly who: string
  /** Of the app that the component belongs to. */
  readonly stack: string
  readonly environment: string
}

/** What every verb gets: all it may touch besides the engine. */
export interface Context {
  /** The folder of the project; the files that an operator names are found from here. */
  readonly directory: string
  readonly terminal: Terminal
  readonly input: Input
  readonly now: () => Date
  readonly env: NodeJS.ProcessEnv
  readonly interruption?: AbortSignal
  readonly caller?: Caller
  /** Takes what a change did, for whoever asked for it as JSON. */
  readonly done?: (part: Done) => void
  /** Nobody reads what is written any more, as of `swarm logs -f | head`. What changes something goes on. */
  readonly readerGone?: AbortSignal
}
