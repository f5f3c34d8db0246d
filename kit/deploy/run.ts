import { refuseDuringCanary } from '../canary/store.ts'
import type { Asked } from '../cli/asked.ts'
import type { AskedApp } from '../cli/asked-app.ts'
import { askedStack } from '../cli/asked-stack.ts'
import type { Context } from '../cli/context.ts'
import { Failure } from '../failure.ts'
import { authorOf } from './author.ts'
import { type Held, locked } from './lock.ts'
import { secondsOf } from './options.ts'

/** What every change of an app works with. */
export interface Run {
  readonly context: Context
  /** `org/env`. */
  readonly environment: string
  /** Name of the stack. */
  readonly stack: string
  readonly who: string
  /** Why, for the lock and the release. */
  readonly why: string
  /** How long each step may take until the swarm is done with it. */
  readonly seconds: number
  readonly held: Held
}

/** A change that somebody typed. */
export interface AskedRun extends Run {
  readonly asked: Asked
  /** What the definition says, where there is one. */
  readonly app?: AskedApp
}

export interface Allowed {
  /** It may be done while a canary is under way. */
  readonly duringCanary?: boolean
}

/** Runs `work` on the app that was asked for, with its lock; refused while a canary is under way, unless that is allowed. */
export async function lockedRun<T>(
  asked: Asked,
  context: Context,
  why: string,
  work: (run: AskedRun) => Promise<T>,
  { duringCanary = false }: Allowed = {},
): Promise<T> {
  const seconds = secondsOf(asked)
  const on = askedStack(asked, context)
  const { stack } = on
  const who = authorOf(context)
  const tell = context.terminal.complain
  const lock = { stack, who, why, now: context.now, force: asked.flag('force'), tell }
  return locked(lock, async (held) => {
    if (!duringCanary) await refuseDuringCanary(stack)
    return work({ ...on, context, asked, who, why, seconds, held })
  })
}

/** The definition of a change that needs one. */
export function definitionOf({ app }: Pick<AskedRun, 'app'>): AskedApp {
  if (app) return app
  throw new Failure('refused', 'That needs swarm.json.', 'Run the command where the definition is.')
}
