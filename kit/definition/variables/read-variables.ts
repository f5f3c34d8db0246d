import type { Findings } from '../fault.ts'
import { type Entry, isScalar, type JsonNode, type JsonObject, type Scalar, show } from '../json/nodes.ts'
import { parseJson } from '../json/parse.ts'
import { Source } from '../json/source.ts'
import { Scope, type Variable } from './scope.ts'

/** A file as it was read. */
export interface TextFile {
  readonly file: string
  readonly text: string
}

export interface VariableSources {
  /** `organization/environment`. */
  readonly environment: string
  readonly loginName: string
  /** swarmvars.json, where there is one. */
  readonly variables?: TextFile | undefined
  /** Files of --var-file; each beats those before it. */
  readonly variableFiles?: readonly TextFile[]
  /** `name=value` of --var; they beat all files. */
  readonly assignments?: readonly string[]
}

const environmentName = /^[^\s/]+\/[^\s/]+$/

/** All variables that hold in the environment. */
export function readVariables(sources: VariableSources, findings: Findings): Scope {
  const { environment, variables, variableFiles = [], assignments = [] } = sources
  const scope = new Scope(environment)
  if (!environmentName.test(environment))
    findings.fault(
      'value',
      argument('--env'),
      `expected organization/environment, such as dogfood/production, got "${environment}"`,
    )
  for (const file of [...(variables ? [variables] : []), ...variableFiles])
    for (const variable of fromFile(file, environment, file === variables, findings)) scope.define(variable)
  for (const assignment of assignments) {
    const [, name, value = ''] = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(assignment) ?? []
    const place = argument('--var')
    if (name === undefined)
      findings.fault('value', place, `expected name=value, got "${assignment.replace(/=.*/s, '=…')}"`)
    else scope.define({ name, value: text(value), place: { ...place, path: name } })
  }
  for (const [name, value] of Object.entries(alwaysSet(sources))) scope.define({ name, value: text(value) })
  return scope
}

/** What every environment has. */
export function alwaysSet({ environment, loginName }: VariableSources): Record<string, string> {
  const [organization = '', name = ''] = environment.split('/')
  return {
    GIANTSWARM_ORGANIZATION: organization,
    GIANTSWARM_ENVIRONMENT: name,
    GIANTSWARM_ENV: environment,
    GIANTSWARM_LOGIN_NAME: loginName,
  }
}

const argument = (option: string) => ({ file: option, line: 0, column: 0, path: '' })
const text = (value: string): Scalar => ({ kind: 'string', text: value, at: 0 })

function fromFile(file: TextFile, environment: string, isMain: boolean, findings: Findings): Variable[] {
  const source = new Source(file.file, file.text)
  const root = parseJson(source, findings)
  if (root === undefined) return []
  if (root.kind !== 'object') {
    findings.fault(
      'value',
      source.place(root.at, ''),
      `expected an object with environments, got ${show(root)}`,
    )
    return []
  }
  return variablesOf(root, { source, environment, isMain, findings })
}

interface Reading {
  readonly source: Source
  readonly environment: string
  readonly isMain: boolean
  readonly findings: Findings
}

function variablesOf(root: JsonObject, reading: Reading): Variable[] {
  const { source, environment, isMain, findings } = reading
  const entries = root.entries.filter(({ key }) => key.text !== '$schema')
  const found = entries.find(({ key }) => key.text === environment)
  for (const entry of entries) if (isMain || isEnvironment(entry)) refuseScalar(entry, reading)
  if (found)
    return found.value.kind === 'object' ? found.value.entries.map(variable(environment, source)) : []
  // A file of --var-file may say it without environments.
  if (!isMain && !entries.some(isEnvironment)) return entries.map(variable('', source))
  if (entries.length > 0) {
    const there = entries.map(({ key }) => key.text).join(', ')
    const message = `says nothing of ${environment}: it has ${there}`
    findings.warn('no-effect', source.place(root.at, ''), message)
  }
  return []
}

const isEnvironment = ({ key }: Entry): boolean => key.text.includes('/')

function refuseScalar({ key, value }: Entry, { source, findings }: Reading): void {
  if (value.kind !== 'object')
    findings.fault(
      'value',
      source.place(value.at, key.text),
      `expected an object with the variables of this environment, got ${show(value)}`,
    )
}

const variable =
  (environment: string, source: Source) =>
  ({ key, value }: Entry): Variable => ({
    name: key.text,
    value,
    place: source.place(key.at, environment === '' ? key.text : `${environment}/${key.text}`),
  })

/** The environments that a variables file names. */
export function environmentNames(file: TextFile, findings: Findings): string[] {
  const root = parseJson(new Source(file.file, file.text), findings)
  return root?.kind === 'object'
    ? root.entries.map(({ key }) => key.text).filter((key) => key !== '$schema')
    : []
}

/** The value as text where it is one. */
export const textOf = (node: JsonNode): string | undefined => (isScalar(node) ? node.text : undefined)
