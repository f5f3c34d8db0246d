import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Findings } from '../definition/fault.ts'
import { environmentNames } from '../definition/variables/read-variables.ts'
import { Failure } from '../failure.ts'
import type { Asked } from './asked.ts'
import type { Context } from './context.ts'

/** The environment that is meant; a Failure where nobody says it. */
export function askedEnvironment(asked: Asked, context: Context): string {
  const chosen = chosenEnvironment(asked, context)
  if (chosen !== undefined) return chosen
  const names = environments(context.directory, asked.text('file'))
  const there = names.length > 0 ? `swarmvars.json has ${names.join(', ')}` : 'there is no swarmvars.json'
  throw new Failure(
    'usage',
    `It is not said which environment is meant: ${there}.`,
    `Give one, as in \`swarm --env ${names[0] ?? 'org/env'} …\`, or set SWARM_ENV.`,
  )
}

/** The environment of --env, else of SWARM_ENV, else the only one of swarmvars.json. */
export function chosenEnvironment(asked: Asked, { directory, env }: Context): string | undefined {
  const named = asked.text('env') ?? (env.SWARM_ENV || undefined)
  if (named !== undefined) return named
  const names = environments(directory, asked.text('file'))
  return names.length === 1 ? names[0] : undefined
}

/** The environments that swarmvars.json names; none where it is not there. */
export function environments(directory: string, definition?: string): string[] {
  const file = variablesFile(directory, definition)
  try {
    return environmentNames({ file, text: readFileSync(file, 'utf8') }, new Findings())
  } catch {
    return []
  }
}

/** Beside the definition. */
export const variablesFile = (directory: string, definition = 'swarm.json'): string =>
  join(dirname(resolve(directory, definition)), 'swarmvars.json')
