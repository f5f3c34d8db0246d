import type { JsonNode } from '../json/nodes.ts'
import { canonical } from '../keys/collections.ts'
import { parsePort } from '../keys/ports.ts'
import { answers, type Branch, get, getText, itemsOf, portText } from './tree.ts'
import { type Members, textOfScalar, toValue, type Value } from './value.ts'

const gone = ['links', 'expose', 'scale', 'pod', 'signal-ready', 'memory-limit', 'image'].map(canonical)

/** A component of the second format as one of the first. */
export function convertComponent(
  branch: Branch,
  branches: readonly Branch[],
  pod: string | undefined,
): Members {
  const { node } = branch
  const members = new Map<string, Value>([['component_name', branch.name]])
  const image = get(node, 'image')
  if (image) members.set('image', toValue(image))
  for (const { key, value } of node.entries) {
    const name = canonical(key.text)
    if (gone.includes(name) || value.kind === 'null') continue
    members.set(name, converted(name, value, branch, branches))
  }
  const links = itemsOf(get(node, 'links'))
  if (links.length > 0)
    members.set(
      'dependencies',
      links.map((link) => dependency(link, branch, branches)),
    )
  const scale = get(node, 'scale')
  if (scale && scale.kind !== 'null') members.set('scaling_policy', toValue(scale))
  if (pod !== undefined) members.set('pod', pod)
  const memory = get(node, 'memory-limit')
  if (memory && memory.kind !== 'null')
    members.set('limits', new Map([...limitsIn(members), ['memory', toValue(memory)]]))
  return members
}

function limitsIn(members: Members): Members {
  const limits = members.get('limits')
  return limits instanceof Map ? limits : new Map()
}

function converted(name: string, node: JsonNode, branch: Branch, branches: readonly Branch[]): Value {
  if (name === 'ports') return itemsOf(node).map(toValue)
  if (name === 'domains') return domains(node)
  if (name === 'volumes') return itemsOf(node).map((volume) => convertVolume(volume, branch, branches))
  return toValue(node)
}

/** Always domain to port, or to a list of ports. */
function domains(node: JsonNode): Value {
  const ports = new Map<string, Value[]>()
  const add = (domain: string, port: Value) => ports.set(domain, [...(ports.get(domain) ?? []), port])
  for (const object of itemsOf(node)) {
    if (object.kind !== 'object') continue
    for (const { key, value } of object.entries)
      for (const item of itemsOf(value)) {
        const port = parsePort(key.text)
        if (port) add(textOfScalar(item) ?? '', port.number)
        else add(key.text, toValue(item))
      }
  }
  return new Map([...ports].map(([domain, list]) => [domain, list.length === 1 ? (list[0] ?? null) : list]))
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

function dependency(link: JsonNode, branch: Branch, branches: readonly Branch[]): Value {
  const wanted = getText(link, 'component', 'node') ?? ''
  const service = getText(link, 'service')
  const key = wanted || (branches.some((each) => each.key === service) ? (service ?? '') : '')
  const port = get(link, 'target_port')
  const alias = getText(link, 'alias')
  const written = port ? toValue(port) : null
  const found = answers(branches, key, portText(textOfScalar(port)) ?? '')
  if (found === undefined)
    return new Map<string, Value>([
      ['app', service ?? ''],
      ['port', written],
      ...(alias ? [['alias', alias] as const] : []),
    ])
  const name = nameFor(found.branch, branch)
  const seen = alias ?? lastPart(key)
  return new Map<string, Value>([
    ['name', name],
    ['port', written],
    ...(found.port === portText(textOfScalar(port)) ? [] : [['target_port', asNumber(found.port)] as const]),
    ...(seen === lastPart(name) ? [] : [['alias', seen] as const]),
  ])
}

const asNumber = (text: string): Value => (/^\d+$/.test(text) ? Number(text) : text)

const nameFor = (target: Branch, from: Branch): string =>
  target.service === from.service ? target.name : `${target.service}/${target.name}`

function convertVolume(node: JsonNode, branch: Branch, branches: readonly Branch[]): Value {
  if (node.kind !== 'object') return toValue(node)
  return new Map(
    node.entries.map(({ key, value }) => {
      const name = canonical(key.text).replaceAll('_', '-')
      const lender = branches.find((each) => each.key === textOfScalar(value))
      const refers = name === 'volumes-from' || name === 'volume-from'
      return [name, refers && lender ? nameFor(lender, branch) : toValue(value)]
    }),
  )
}
