import type { Asked } from '../cli/asked.ts'
import { type AskedApp, askedApp } from '../cli/asked-app.ts'
import type { Context } from '../cli/context.ts'
import { stackName } from '../compile/names.ts'
import { authorOf } from './author.ts'
import { type Held, locked } from './lock.ts'
import { secondsOf } from './options.ts'

/** What every change of an app works with. */
export interface Run {
  readonly context: Context
  readonly asked: Asked
  readonly app: AskedApp
  /** Name of the stack. */
  readonly stack: string
  readonly who: string
  /** Why, for the lock and the release. */
  readonly why: string
  /** How long each step may take until the swarm is done with it. */
  readonly seconds: number
  readonly held: Held
}

/** Runs `work` on the app that was asked for, with its lock. */
export async function lockedRun<T>(
  asked: Asked,
  context: Context,
  why: string,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const seconds = secondsOf(asked)
  const app = askedApp(asked, context)
  const stack = stackName(app.app.name, app.environment)
  const who = authorOf(context)
  const tell = context.terminal.complain
  const lock = { stack, who, why, now: context.now, force: asked.flag('force'), tell }
  return locked(lock, (held) => work({ context, asked, app, stack, who, why, seconds, held }))
}
