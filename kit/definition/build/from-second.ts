import type { JsonNode } from '../json/nodes.ts'
import type { At } from '../keys/at.ts'
import type { Named } from '../keys/collections.ts'
import { type SecondComponent, secondFormat } from '../keys/second.ts'
import type { Draft, DraftLink, Drafts, Exposed } from './draft.ts'

/** The service of names without a parent. */
const ROOT = 'default'

type Node = Named<SecondComponent>

/** The second format: a tree of names, whose leaves are components. */
export function fromSecond(root: JsonNode, at: At, folder: string): Drafts | undefined {
  const app = secondFormat.read(root, at)
  if (app === undefined) return undefined
  const nodes = app.components
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const podOf = pods(nodes, byName, at)
  const withImage = nodes.filter(runs)
  refuseEmptyLeaves(nodes, at)
  const drafts = withImage.map((node) => draft(node, podOf.get(node.name)))
  return {
    format: 'second',
    name: app.name ?? folder,
    balancer: app.balancer,
    drafts,
    parents: nodes
      .filter((node) => !runs(node))
      .map(({ name, value }) => ({ key: name, exposed: exposed(value) })),
    services: [...new Set(drafts.map(({ service }) => service))],
  }
}

/** What has an image is a component, even where the image is written wrongly. */
const runs = ({ value }: Node): boolean => value.image !== undefined || value.broken.has('image')

function draft({ name: key, value }: Node, pod: string | undefined): Draft {
  const parts = key.split('/')
  const name = parts.pop() ?? ''
  return {
    key,
    name,
    service: parts.length === 0 ? ROOT : parts.join('-'),
    image: value.image ?? '',
    values: value,
    scale: value.scale,
    links: links(value),
    exposed: exposed(value),
    pod,
    signalReady: value['signal-ready'],
    memoryBytes: value['memory-limit'],
  }
}

function links({ links, at }: SecondComponent): DraftLink[] {
  return links.flatMap(({ component, service, target_port: port, alias, place, broken }) => {
    if ((component === undefined) === (service === undefined) && broken.size === 0)
      at.findings.fault('conflict', place, 'expected either "component" or "service"')
    if (port === undefined || (component === undefined && service === undefined)) return []
    return [{ component, app: service, port, alias, env: true, sameMachine: false, place }]
  })
}

const exposed = ({ expose }: SecondComponent): Exposed[] =>
  expose.flatMap(({ port, component, target_port: targetPort = port, place, broken }) =>
    port === undefined || targetPort === undefined
      ? []
      : [{ port, component, targetPort, broken: broken.size > 0, place }],
  )

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

/** The pod of each component that is in one. */
function pods(nodes: readonly Node[], byName: ReadonlyMap<string, Node>, at: At): Map<string, string> {
  const found = new Map<string, string>()
  const members = new Map<string, number>()
  for (const node of nodes) {
    const { name, value } = node
    const root = podRoot(name, byName)
    if (root === undefined) continue
    if (value.pod === 'children' || value.pod === 'inherit')
      at.findings.fault(
        'conflict',
        value.place,
        `it is in the pod of "${root}", and can have none of its own`,
      )
    if (!runs(node)) continue
    found.set(name, `${root.replaceAll('/', '-')}/pod`)
    members.set(root, (members.get(root) ?? 0) + 1)
  }
  for (const { name, value } of nodes)
    if ((value.pod === 'children' || value.pod === 'inherit') && (members.get(name) ?? 0) < 2)
      at.findings.warn('no-effect', value.place, `"pod" puts fewer than two components together`)
  return found
}

function podRoot(name: string, byName: ReadonlyMap<string, Node>): string | undefined {
  for (let child = name, parent = parentOf(name); ; child = parent, parent = parentOf(parent)) {
    if (byName.get(child)?.value.pod === 'none' || parent === '') return undefined
    const pod = byName.get(parent)?.value.pod
    if (pod === 'inherit' || (pod === 'children' && child === name)) return parent
  }
}

function refuseEmptyLeaves(nodes: readonly Node[], at: At): void {
  const parents = new Set<string>()
  for (const { name } of nodes)
    for (let parent = parentOf(name); parent !== ''; parent = parentOf(parent)) parents.add(parent)
  for (const node of nodes) {
    const { name, value } = node
    if (!runs(node) && !parents.has(name))
      at.findings.fault(
        'missing',
        { ...value.place, path: `${value.place.path}/image` },
        'expected an image, got nothing',
      )
  }
}
