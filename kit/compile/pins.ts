import type { Findings } from '../definition/fault.ts'
import type { Component, Label } from '../definition/model.ts'
import { sortedBy } from './order.ts'
import type { Pin } from './types.ts'
import { keepsFolders } from './volumes.ts'

export interface Pins {
  readonly all: readonly Pin[]
  /** Of a component. */
  readonly labelsOf: (component: Component) => readonly string[]
}

type Key = (component: Component) => string

/** Which components must stay where their volumes are, or beside each other. */
export function pinsOf(stack: string, components: readonly Component[], key: Key, findings: Findings): Pins {
  // What is on every machine is beside everybody, and has its volumes on each.
  const movable = components.filter(({ placement }) => placement.mode !== 'global')
  const label = (component: Component) => `dogfood.${stack}.${key(component)}`
  const all = groupsOf(movable).flatMap((group) => pinsOfGroup(group, label, findings))
  const labels = Map.groupBy(
    all.flatMap(({ label, components }) => components.map((name) => ({ label, name }))),
    ({ name }) => name,
  )
  return { all, labelsOf: ({ fullName }) => (labels.get(fullName) ?? []).map(({ label }) => label) }
}

function pinsOfGroup(group: readonly Component[], label: Key, findings: Findings): Pin[] {
  const keepers = group.filter(keepsFolders)
  const named = keepers[0] ?? group[0]
  if (named === undefined || (group.length === 1 && keepers.length === 0)) return []
  const nodes = Math.max(1, ...group.filter(onePerMachine).map(({ scale }) => scale.max))
  const pin: Pin = {
    label: label(named),
    components: group.map(({ fullName }) => fullName),
    nodeLabels: nodeLabels(group, findings),
    nodes,
    formerLabels: group.filter((each) => each !== named).map(label),
  }
  // Beside one of several, and with a folder that is in one place.
  const apart = nodes > 1 ? keepers.filter((each) => !onePerMachine(each)) : []
  return [
    pin,
    ...apart.map((component) => ({
      label: `${label(component)}.volume`,
      components: [component.fullName],
      nodeLabels: [{ name: pin.label, value: 'here' }],
      nodes: 1,
      formerLabels: [],
    })),
  ]
}

const onePerMachine = ({ placement }: Component): boolean => placement.mode === 'one-per-machine'

function nodeLabels(group: readonly Component[], findings: Findings): Label[] {
  const values = new Map<string, { value: string; component: Component }>()
  for (const component of group)
    for (const { name, value } of component.placement.labels) {
      const before = values.get(name)
      if (before && before.value !== value)
        findings.fault(
          'conflict',
          component.place,
          `it needs a machine with ${name}=${value}, and ${before.component.fullName}, which must be on the same one, ` +
            `with ${name}=${before.value}`,
        )
      values.set(name, before ?? { value, component })
    }
  return sortedBy(values, ([name]) => name).map(([name, { value }]) => ({ name, value }))
}

/** Components that belong on one machine, by their pod or a link that says so; alone where nothing does. */
function groupsOf(components: readonly Component[]): Component[][] {
  const byName = new Map(components.map((component) => [component.fullName, component]))
  const leader = new Map<string, string>()
  const find = (name: string): string => {
    const next = leader.get(name)
    return next === undefined ? name : find(next)
  }
  const join = (a: string, b: string) => {
    if (find(a) !== find(b)) leader.set(find(a), find(b))
  }
  for (const { fullName, pod, links } of components) {
    if (pod !== undefined) join(fullName, `pod ${pod}`)
    for (const { component, sameMachine } of links)
      if (sameMachine && byName.has(component)) join(fullName, component)
  }
  return [...Map.groupBy(components, ({ fullName }) => find(fullName)).values()]
}
