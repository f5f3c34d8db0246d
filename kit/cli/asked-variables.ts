import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { Findings, sayFault } from '../definition/fault.ts'
import { show } from '../definition/json/nodes.ts'
import { readVariables, type TextFile, textOf } from '../definition/variables/read-variables.ts'
import { Failure } from '../failure.ts'
import type { Asked } from './asked.ts'
import { loginName } from './asked-app.ts'
import { variablesFile } from './asked-environment.ts'
import type { Context } from './context.ts'

/** A variable as it holds in an environment. */
export interface NamedValue {
  readonly name: string
  readonly value: string
  /** `swarmvars.json:3`; `always` for those that every environment has. */
  readonly from: string
}

/** The variables that hold in an environment, with those of --var and --var-file. */
export function askedVariables(asked: Asked, environment: string, context: Context): NamedValue[] {
  const findings = new Findings()
  const { directory } = context
  const scope = readVariables(
    {
      environment,
      loginName: loginName(context),
      variables: read(variablesFile(directory, asked.text('file')), directory),
      variableFiles: asked.list('var-file').map((file) => read(resolve(directory, file), directory)),
      assignments: asked.list('var'),
    },
    findings,
  )
  for (const warning of findings.warnings) context.terminal.complain(`warning: ${sayFault(warning)}\n`)
  if (findings.faults.length > 0)
    throw new Failure(
      'definition',
      `The variables of ${environment} cannot be used:`,
      'Mend what is named.',
      findings.faults.map(sayFault),
    )
  return scope.all().map(({ name, value, place }) => ({
    name,
    value: textOf(value) ?? show(value),
    from: place ? `${place.file}${place.line > 0 ? `:${place.line}` : ''}` : 'always',
  }))
}

function read(path: string, directory: string): TextFile {
  const file = relative(directory, path)
  try {
    return { file, text: readFileSync(path, 'utf8') }
  } catch (error) {
    throw new Failure(
      'not found',
      `${file} cannot be read: ${(error as Error).message}.`,
      'Write it, or name another.',
    )
  }
}
