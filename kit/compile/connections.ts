import type { Findings } from '../definition/fault.ts'
import type { Component, Link } from '../definition/model.ts'

/** All links of one component to another. They share a network. */
export interface Connection {
  readonly from: Component
  readonly to: Component
  readonly links: readonly Link[]
  /** Between them is a balancer, which has the alias. */
  readonly balanced: boolean
}

/** Who reaches whom, and how. `components` are all of the app. */
export function connectionsOf(components: readonly Component[], findings: Findings): readonly Connection[] {
  const byName = new Map(components.map((component) => [component.fullName, component]))
  return components.flatMap((from) =>
    [...Map.groupBy(from.links, ({ component }) => component)].flatMap(([name, links]) => {
      const to = byName.get(name)
      return to ? [connection(from, to, links, findings)] : []
    }),
  )
}

function connection(from: Component, to: Component, links: readonly Link[], findings: Findings): Connection {
  // HAProxy forwards no UDP: Docker's DNS shares it out, and nothing can change its port.
  const udp = links.some(({ protocol }) => protocol === 'udp')
  const other = links.find(({ port, targetPort }) => port !== targetPort)
  if (udp && other)
    findings.fault(
      'conflict',
      from.place,
      `it asks ${to.fullName} for port ${other.port} where that has ${other.targetPort}, and uses UDP, too: no balancer ` +
        `can stand between them. Ask for port ${other.targetPort}`,
    )
  const several = to.scale.max > 1 && to.placement.mode !== 'global' && to.schedule === undefined
  return { from, to, links, balanced: !udp && (several || other !== undefined) }
}
