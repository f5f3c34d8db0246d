import type { Component } from '../definition/model.ts'
import { type Balancer, backendOf, everywhere, OPERATING_PORTS, plainBalancer, slotsOf } from './balancer.ts'
import { steeringVariables } from './control.ts'
import type { Frontend } from './haproxy-config.ts'
import { sortedObject } from './order.ts'
import { type Plan, tasksOf } from './plan.ts'
import type { StackService } from './types.ts'

interface PortPair {
  readonly port: number
  readonly targetPort: number
}

/** The balancers that links need, in the order of their components. */
export function balancersOf(plan: Plan): Balancer[] {
  const balanced = Map.groupBy(
    plan.connections.filter(({ balanced }) => balanced),
    ({ to }) => to,
  )
  return plan.components.flatMap((component) => {
    const links = (balanced.get(component) ?? []).flatMap(({ links }) => links)
    const pairs = new Map(
      links.map(({ port, targetPort }) => [`${port} ${targetPort}`, { port, targetPort }]),
    )
    const sorted = [...pairs.values()].sort((a, b) => a.port - b.port || a.targetPort - b.targetPort)
    return sorted.length === 0 ? [] : [balancerOf(plan, component, sorted)]
  })
}

function balancerOf(plan: Plan, component: Component, pairs: readonly PortPair[]): Balancer {
  refusePortTwice(plan, component, pairs)
  const key = plan.balancerKey(component)
  const [only] = pairs
  const http = component.health?.http
  // Its image asks for the page on the port that it passes requests to.
  const fits = only && pairs.length === 1 && http?.port === only.targetPort
  if (plan.balancer && fits && !OPERATING_PORTS.includes(only.port))
    return { key, component: component.fullName, service: appBalancer(plan, plan.balancer, component, only) }
  const backends = pairs.map(({ port, targetPort }) => backendOf(plan, `port-${port}`, component, targetPort))
  const frontends = pairs.map(({ port }, index): Frontend => {
    const { mode = 'tcp', name } = backends[index] ?? {}
    return { name: `asked-${port}`, port, mode, ...(name && { otherwise: name }) }
  })
  return plainBalancer(plan, { key, component: component.fullName, frontends, backends })
}

function refusePortTwice({ findings }: Plan, component: Component, pairs: readonly PortPair[]): void {
  const seen = new Map<number, number>()
  for (const { port, targetPort } of pairs) {
    const before = seen.get(port)
    if (before !== undefined)
      findings.fault(
        'conflict',
        component.place,
        `for some that depend on it, port ${port} is its port ${before}, and for others ${targetPort}: a balancer has one ` +
          'answer for a port',
      )
    seen.set(port, targetPort)
  }
}

/** The image that the app names, which is built from haproxy/. */
const appBalancer = (
  plan: Plan,
  image: string,
  component: Component,
  { port, targetPort }: PortPair,
): StackService => ({
  image,
  environment: sortedObject([
    ['INSTANCES', tasksOf(plan, plan.key(component))],
    ['PORT', String(targetPort)],
    ['LISTEN', String(port)],
    ['SLOTS', String(slotsOf(component))],
    ...steeringVariables(plan, component),
    ...(component.health?.http ? [['CHECK_READY', component.health.http.path] as const] : []),
  ]),
  volumes: [{ type: 'tmpfs', target: '/tmp', tmpfs: { size: 16 * 1024 ** 2 } }],
  ...everywhere(plan, component.fullName),
})
