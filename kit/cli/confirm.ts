import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import type { Asked } from './asked.ts'
import type { Context } from './context.ts'

/**
 * Makes sure that somebody wants this. Without a terminal nobody is asked, so --yes has to be given; a dry run
 * changes nothing and asks nothing.
 */
export async function confirm(question: string, asked: Asked, { input, terminal }: Context): Promise<void> {
  if (asked.flag('yes') || isDryRun()) return
  if (!input.isTerminal || !terminal.isTerminal)
    throw new Failure(
      'refused',
      `${question} There is no terminal to ask on.`,
      'Give --yes if that is meant.',
    )
  if (/^y(?:es)?$/i.test((await input.answer(`${question} [y/N] `)).trim())) return
  throw new Failure('refused', 'Nothing was changed.', 'Answer "y", or give --yes.')
}
