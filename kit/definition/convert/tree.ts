import type { JsonNode, JsonObject } from '../json/nodes.ts'
import { canonical } from '../keys/collections.ts'
import { textOfScalar } from './value.ts'

/** A node of the second format as it is written, variables and all. */
export interface Branch {
  readonly key: string
  readonly node: JsonObject
  /** In the first format. */
  readonly service: string
  readonly name: string
}

/** The value of a key in whatever spelling. */
export function get(node: JsonNode | undefined, ...names: readonly string[]): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined
  return node.entries.find(({ key }) => names.some((name) => canonical(name) === canonical(key.text)))?.value
}

export const getText = (node: JsonNode | undefined, ...names: readonly string[]): string | undefined =>
  textOfScalar(get(node, ...names))

export const itemsOf = (node: JsonNode | undefined): readonly JsonNode[] =>
  node === undefined || node.kind === 'null' ? [] : node.kind === 'array' ? node.items : [node]

export function branchesOf(root: JsonNode): Branch[] {
  const components = get(root, 'components', 'nodes')
  if (components?.kind !== 'object') return []
  return components.entries.flatMap(({ key, value }) => {
    if (value.kind !== 'object') return []
    const parts = key.text.split('/')
    const name = parts.pop() ?? ''
    return [{ key: key.text, node: value, name, service: parts.join('-') || 'default' }]
  })
}

export const hasImage = ({ node }: Branch): boolean => get(node, 'image') !== undefined

/** `8080` and `8080/tcp` are one port; a variable is itself. */
export const portText = (text: string | undefined): string | undefined => text?.replace(/\/tcp$/i, '')

export interface Answer {
  readonly branch: Branch
  readonly port: string
}

/** Who answers where a link leads, through what parents expose. */
export function answers(
  branches: readonly Branch[],
  key: string,
  port: string,
  visited: readonly string[] = [],
): Answer | undefined {
  const branch = branches.find((each) => each.key === key)
  if (branch === undefined) return undefined
  const step = itemsOf(get(branch.node, 'expose')).find((each) => portText(getText(each, 'port')) === port)
  const child = getText(step, 'component', 'node') ?? key
  const target = portText(getText(step, 'target_port')) ?? port
  if (step && child !== key && !visited.includes(key))
    return answers(branches, child, target, [...visited, key])
  return { branch, port: step ? target : port }
}
