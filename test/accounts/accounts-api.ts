import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { load } from 'js-yaml'

type Json = null | boolean | number | string | readonly Json[] | JsonObject
interface JsonObject {
  readonly [key: string]: Json
}

const file = join(import.meta.dirname, '../../docs/accounts-api.yaml')
export const description = load(readFileSync(file, 'utf8')) as JsonObject

const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(description, 'api')

const objectOf = (value: Json | undefined): JsonObject => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new Error(`docs/accounts-api.yaml: expected an object, got ${JSON.stringify(value)}`)
}

/** The part at a path of keys, with references followed. */
export function partAt(...keys: readonly string[]): JsonObject {
  return keys.reduce((at, key) => resolved(objectOf(at[key])), description)
}

const resolved = (part: JsonObject): JsonObject =>
  typeof part.$ref === 'string' ? partAt(...part.$ref.slice('#/'.length).split('/')) : part

/** Checks a value by the schema of that name. */
export const formOf = (name: string): ValidateFunction => {
  const validate = ajv.getSchema(`api#/components/schemas/${name}`)
  if (!validate) throw new Error(`docs/accounts-api.yaml has no schema ${name}`)
  return validate
}

/** The examples of an answer, by name. */
export function examplesOf(path: string, method: string, status: string): ReadonlyMap<string, Json> {
  const content = partAt('paths', path, method, 'responses', status, 'content')
  const [media = ''] = Object.keys(content)
  const { examples } = objectOf(content[media])
  return new Map(
    Object.entries(objectOf(examples)).map(([name, example]) => [name, objectOf(example).value ?? null]),
  )
}

/** The statuses that an operation can answer with. */
export const statusesOf = (path: string, method: string): string[] =>
  Object.keys(partAt('paths', path, method, 'responses'))
