import type { Asked } from './asked.ts'
import type { Context } from './context.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly about: string
  /** What stands for its value in the help: `NAME`. */
  readonly takes?: string
  readonly short?: string
  /** It may be given several times. */
  readonly multiple?: boolean
  /** The values there are, where they are few. */
  readonly values?: readonly string[]
}

export type Options = Readonly<Record<string, Option>>

export interface Verb {
  /** `status`, or two words: `secrets set`. */
  readonly name: string
  /** One sentence for the list of verbs. */
  readonly summary: string
  /** What to type after the name, besides options: `[COMPONENT...]`. */
  readonly takes?: string
  /** What it completes to in a shell. */
  readonly completes?: 'component' | 'environment' | 'verb'
  /** The words there are, where they are few. */
  readonly choices?: readonly string[]
  /** How many words it takes besides options; none unless given. */
  readonly words?: { readonly least?: number; readonly most?: number }
  /** Whether words after `--` belong to it. */
  readonly takesCommand?: boolean
  /** What there is to know besides: paragraphs for its help and the reference. */
  readonly details?: readonly string[]
  readonly examples: readonly string[]
  readonly options?: Options
  /** It reads swarm.json, so --env, --file, --var, --var-file and --strict belong to it. */
  readonly reads: boolean
  /** It changes something, so --dry-run and --yes belong to it. */
  readonly changes: boolean
  /** It prints what it finds, so --json belongs to it. */
  readonly prints: boolean
  /** Loads what does it, so that other verbs start quickly. */
  readonly load: () => Promise<Act>
}

/** Does what was asked; the exit code. */
export type Act = (asked: Asked, context: Context) => Promise<number>
