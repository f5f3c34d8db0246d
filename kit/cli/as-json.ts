import { dryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import type { Context } from './context.ts'
import { printJson } from './print.ts'
import { report } from './report.ts'

/** What a change did, as `--json` prints it: only what applies to the verb. */
export interface Done {
  /** The release that runs now. */
  readonly release?: number
  /** Whether anything had to be done. */
  readonly changed?: boolean
  /** One line for each thing that a release changes. */
  readonly changes?: readonly string[]
  /** Names of what was removed, by kind. */
  readonly removed?: Readonly<Record<string, readonly string[]>>
  /** Id of the canary, and how it ended where it did. */
  readonly canary?: string
  readonly result?: 'promoted' | 'aborted'
  /** Exit code of each component that ran once. */
  readonly ended?: Readonly<Record<string, number>>
}

/**
 * Runs a verb that changes something for a program: what is told on the way goes to standard error, and one document
 * to standard output at the end, however it ends. The exit code.
 */
export async function asJson(
  verb: string,
  isDry: boolean,
  context: Context,
  act: (context: Context) => Promise<number>,
): Promise<number> {
  const { complain } = context.terminal
  const done: Done = {}
  const commands: string[] = []
  const inner: Context = {
    ...context,
    terminal: { ...context.terminal, say: complain, isTerminal: false },
    done: (part) => void Object.assign(done, part),
  }
  const tell = (exitCode: number, more: object = {}): number => {
    printJson({ verb, exitCode, ...done, ...(isDry && { commands }), ...more }, context)
    return exitCode
  }
  try {
    return tell(
      await (isDry
        ? dryRun(
            (line) => void commands.push(line.trimEnd()),
            () => act(inner),
          )
        : act(inner)),
    )
  } catch (error) {
    return tell(report(error, inner.terminal), { failure: failureOf(error) })
  }
}

function failureOf(error: unknown): object {
  const kind = error instanceof Failure ? error.kind : 'failed'
  const { message, lines, todo } = error as Partial<Failure>
  return { kind, message, ...(lines && { lines }), ...(todo && { todo }) }
}
