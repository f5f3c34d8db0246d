import { firstFormat } from './first.ts'
import { secondFormat } from './second.ts'
import type { Schema } from './shape.ts'

/** The JSON Schema of swarm.json, draft 2020-12, for editors. */
export function jsonSchema(): Schema {
  const parts = new Map<string, string>()
  const $defs: Record<string, Schema> = {}
  // Objects that stand in many places are written once.
  const share = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => share(item, name))
    if (typeof value !== 'object' || value === null) return value
    const text = JSON.stringify(value)
    const known = parts.get(text)
    if (known !== undefined) return { $ref: `#/$defs/${known}` }
    const shared = Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, share(each, isKeyword(key) ? name : key)]),
    )
    if (!('properties' in value) || !('additionalProperties' in value)) return shared
    const unused = name in $defs ? `${name}-${Object.keys($defs).length}` : name
    parts.set(text, unused)
    $defs[unused] = shared
    return { $ref: `#/$defs/${unused}` }
  }
  const [first, second] = [share(firstFormat.schema, 'app'), share(secondFormat.schema, 'tree')]
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'swarm.json',
    description: 'What runs on a Docker Swarm. A variable, such as "$tag", may stand in every value.',
    // The second format names its components at the top.
    if: { anyOf: [has('components'), has('nodes')] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: second,
    else: first,
    $defs,
  }
}

const keywords = 'anyOf items properties additionalProperties patternProperties propertyNames'.split(' ')
const isKeyword = (key: string): boolean => keywords.includes(key) || key.startsWith('^')

const has = (key: string): Schema => ({ type: 'object', properties: { [key]: true }, required: [key] })

/** The file as it is published. */
export const jsonSchemaFile = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`
