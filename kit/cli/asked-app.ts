import { userInfo } from 'node:os'
import { basename, dirname, resolve } from 'node:path'
import { sayFault } from '../definition/fault.ts'
import type { App } from '../definition/model.ts'
import { readDefinitionFiles } from '../definition/read-files.ts'
import { Failure } from '../failure.ts'
import type { Asked } from './asked.ts'
import { askedEnvironment } from './asked-environment.ts'
import type { Context } from './context.ts'

/** The app that a verb works on, in one environment. */
export interface AskedApp {
  readonly app: App
  /** `org/env`. */
  readonly environment: string
  /** The folder of swarm.json: `configs[].file` is found from here. */
  readonly folder: string
}

/** Reads what swarm.json says in the environment that was asked for. Warnings are told; faults are a Failure. */
export function askedApp(
  asked: Asked,
  context: Context,
  environment = askedEnvironment(asked, context),
): AskedApp {
  const definition = asked.text('file') ?? 'swarm.json'
  const { app, faults, warnings } = readDefinitionFiles({
    directory: context.directory,
    definition,
    environment,
    loginName: loginName(context),
    variableFiles: asked.list('var-file'),
    assignments: asked.list('var'),
    strict: asked.flag('strict'),
  })
  for (const warning of warnings) context.terminal.complain(`warning: ${sayFault(warning)}\n`)
  if (app) return { app, environment, folder: dirname(resolve(context.directory, definition)) }
  throw new Failure(
    'definition',
    `${basename(definition)} cannot be used in ${environment}:`,
    '`swarm help keys` tells what every key takes.',
    faults.map(sayFault),
  )
}

/** Who works here, for $GIANTSWARM_LOGIN_NAME and for releases. */
export const loginName = ({ env }: Context): string => env.USER || env.LOGNAME || userInfo().username
