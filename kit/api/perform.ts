import type { Done } from '../cli/as-json.ts'
import type { Asked } from '../cli/asked.ts'
import type { Context } from '../cli/context.ts'
import type { Act } from '../cli/verb.ts'
import { verbs } from '../commands/index.ts'
import { inEnvironment } from '../environment.ts'
import { interruptible } from '../interruption.ts'

/** For whom a verb is run, and who hears what it tells. */
export interface Hearing {
  readonly who: string
  readonly say: (text: string) => void
  readonly complain: (text: string) => void
  readonly done?: (part: Done) => void
  /** Nobody listens any more. */
  readonly gone?: AbortSignal
}

/** Runs a verb of the command as it would run at a terminal where nobody can be asked; its exit code. */
export type Perform = (verb: string, asked: Asked, hearing: Hearing) => Promise<number>

/** The app of a control. */
export interface ControlledApp {
  readonly stack: string
  /** `org/env`. */
  readonly environment: string
}

/** Runs the verbs of the command on an app. */
export const performOn =
  (app: ControlledApp, context: Context, actOf: (verb: string) => Promise<Act> = loadAct): Perform =>
  async (verb, asked, hearing) => {
    const act = await actOf(verb)
    const inner = contextFor(app, context, hearing)
    return inEnvironment(context.env, () => interruptible(context.interruption, () => act(asked, inner)))
  }

const contextFor = (app: ControlledApp, context: Context, hearing: Hearing): Context => ({
  ...context,
  terminal: { say: hearing.say, complain: hearing.complain, isTerminal: false, columns: 80 },
  input: {
    isTerminal: false,
    all: async () => Buffer.alloc(0),
    answer: async () => '',
  },
  caller: { ...app, who: hearing.who },
  ...(hearing.done && { done: hearing.done }),
  ...(hearing.gone && { readerGone: hearing.gone }),
})

async function loadAct(name: string): Promise<Act> {
  if (name === 'restart') return (await import('../commands/restart.ts')).restart
  const verb = verbs.find((one) => one.name === name)
  if (verb === undefined) throw new Error(`there is no verb ${name}`)
  return verb.load()
}
