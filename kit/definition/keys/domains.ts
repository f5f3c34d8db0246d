import { isScalar, type JsonNode } from '../json/nodes.ts'
import type { Place, Port } from '../model.ts'
import type { At } from './at.ts'
import { parsePort, ports } from './ports.ts'
import type { Shape } from './shape.ts'

export interface DomainEntry {
  readonly name: string
  readonly port: Port
  /** Where it is written with one: `example.com:443`. */
  readonly published?: number
  readonly place: Place
}

const words = 'an object of domains and their ports, such as {"www.example.com": 8080}'
const domainWords = 'a domain, such as "www.example.com" or "www.example.com:443"'
const portSchema = ports.schema
const domainSchema = { type: 'string', minLength: 1 }
const objectSchema = {
  type: 'object',
  patternProperties: { '^[0-9]+(/tcp)?$': { anyOf: [domainSchema, { type: 'array', items: domainSchema }] } },
  additionalProperties: portSchema,
}

/** Domain to port or ports, port to domain or domains, or a list of such objects. */
export const domains: Shape<readonly DomainEntry[]> = {
  words,
  schema: { anyOf: [objectSchema, { type: 'array', items: objectSchema }] },
  read(node, at) {
    if (node.kind === 'object') return fromObject(node, at)
    if (node.kind !== 'array') return at.refuse(node, words)
    return node.items.flatMap((item) =>
      item.kind === 'object' ? fromObject(item, at) : (at.refuse(item, words) ?? []),
    )
  },
}

const fromObject = (node: JsonNode & { kind: 'object' }, at: At): DomainEntry[] =>
  node.entries.flatMap(({ key, value }) => {
    if (key.undefined) return at.refuseKey(key)
    const inside = at.child(key.text)
    const port = parsePort(key.text)
    if (port)
      return domainsOf(value, inside).map((domain) => ({ ...domain, port, place: inside.place(value) }))
    const domain = parseDomain(key.text)
    if (!domain) return inside.refuse(key, domainWords) ?? []
    return (ports.read(value, inside) ?? []).map((port) => ({ ...domain, port, place: inside.place(key) }))
  })

function domainsOf(node: JsonNode, at: At): { name: string; published?: number }[] {
  if (node.kind === 'array') return node.items.flatMap((item) => domainsOf(item, at))
  const domain = isScalar(node) && !node.undefined ? parseDomain(node.text) : undefined
  return domain ? [domain] : (at.refuse(node, domainWords) ?? [])
}

const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?'
const written = new RegExp(`^((?:\\*\\.)?${label}(?:\\.${label})*)\\.?(?::(\\d{1,5}))?$`)

function parseDomain(text: string): { name: string; published?: number } | undefined {
  const [, name, digits] = written.exec(text.trim()) ?? []
  if (name === undefined) return undefined
  if (digits === undefined) return { name: name.toLowerCase() }
  const published = parsePort(digits)?.number
  return published === undefined ? undefined : { name: name.toLowerCase(), published }
}
