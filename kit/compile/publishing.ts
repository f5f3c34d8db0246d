import type { Findings } from '../definition/fault.ts'
import type { Component, Domain } from '../definition/model.ts'
import { sortedBy } from './order.ts'
import type { StackPort } from './types.ts'

/** Where visitors come without naming a port. */
export const HTTP = 80

export interface Published {
  /** Ports of nodes that a component has itself. */
  readonly own: (component: Component) => readonly StackPort[]
  /** Components that are reached by the front that the kit adds, by their domains. */
  readonly routed: readonly Routed[]
}

export interface Routed {
  readonly component: Component
  readonly port: number
  readonly domains: readonly string[]
}

/**
 * A component that is on every machine, or one a machine, has the nodes' ports itself. Any other one runs where it is
 * put, and so do several that want port 80: before those comes a front that is on every node.
 */
export function publishing(components: readonly Component[], findings: Findings): Published {
  const kept = components.filter((component) => runsAlways(component, findings))
  const ofHttp = kept.filter(({ domains }) => domains.some(isHttp))
  const front = ofHttp.length > 1 || ofHttp.some(({ placement }) => placement.mode === 'simple')
  const routed = front ? ofHttp.flatMap(routesTo) : []
  const own = new Map(
    kept.map((component) => [
      component.fullName,
      ports(component.domains.filter((each) => !front || !isHttp(each))),
    ]),
  )
  refuseTwice(kept, (component) => own.get(component.fullName) ?? [], findings)
  return { own: ({ fullName }) => own.get(fullName) ?? [], routed }
}

const isHttp = ({ published }: Domain): boolean => published === HTTP

function runsAlways({ domains, schedule, place }: Component, findings: Findings): boolean {
  if (domains.length > 0 && schedule)
    findings.fault(
      'conflict',
      place,
      'it runs only at times: a domain must lead to a component that is kept running',
    )
  return domains.length > 0 && schedule === undefined
}

const routesTo = (component: Component): Routed[] =>
  [...Map.groupBy(component.domains.filter(isHttp), ({ port }) => port)].map(([port, domains]) => ({
    component,
    port,
    domains: domains.map(({ name }) => name),
  }))

function ports(domains: readonly Domain[]): StackPort[] {
  const byPublished = new Map(domains.map((domain) => [`${domain.published} ${domain.port}`, domain]))
  return sortedBy(byPublished.values(), ({ published, port }) => `${published} ${port}`.padStart(12)).map(
    ({ published, port }) => ({ target: port, published, protocol: 'tcp', mode: 'host' }),
  )
}

/** Behind a port of a node is one port of one component. */
function refuseTwice(
  components: readonly Component[],
  portsOf: (component: Component) => readonly StackPort[],
  findings: Findings,
): void {
  const owners = new Map<number, { component: Component; target: number }>()
  for (const component of components)
    for (const { published, target } of portsOf(component)) {
      const owner = owners.get(published)
      if (owner)
        findings.fault(
          'conflict',
          component.place,
          `port ${published} of the nodes leads to port ${owner.target} of ${owner.component.fullName} already, and only ` +
            `port ${HTTP} can be shared, by domain: give one of them another, as in "example.com:${published + 1}"`,
        )
      else owners.set(published, { component, target })
    }
}
