import type { Component } from '../definition/model.ts'
import { type Balancer, backendOf, plainBalancer } from './balancer.ts'
import type { Frontend } from './haproxy-config.ts'
import { nodeConditions } from './node-conditions.ts'
import { compareText } from './order.ts'
import type { Plan } from './plan.ts'
import { HTTP } from './publishing.ts'
import type { StackPort } from './types.ts'

/** Names of services of components have a dash, so this is none. */
const FRONT = 'front'
/** In its container, where it has no right to port 80. */
const LISTENS = 8080

/** What has the nodes' port 80 where several components want it, or one that is not on every node. */
export function frontOf(plan: Plan): Balancer | undefined {
  const { routed } = plan.published
  if (routed.length === 0) return undefined
  const nameOf = (component: Component, port: number) => `${plan.key(component)}-${port}`
  const backends = routed.map(({ component, port }) => ({
    ...backendOf(plan, nameOf(component, port), component, port),
    mode: 'http' as const,
  }))
  const [only, ...others] = backends
  const domains = routed.flatMap(({ component, port, domains }) =>
    domains.map((domain) => [domain, nameOf(component, port)] as const),
  )
  const frontend: Frontend = {
    name: 'visitors',
    port: LISTENS,
    mode: 'http',
    first: true,
    ...(only && others.length === 0 ? { otherwise: only.name } : { domains: domains.sort(mostPrecise) }),
  }
  const port: StackPort = { target: LISTENS, published: HTTP, protocol: 'tcp', mode: 'host' }
  const constraints = inCommon(routed.map(({ component }) => nodeConditions(component.placement.labels)))
  return plainBalancer(plan, {
    key: FRONT,
    component: FRONT,
    frontends: [frontend],
    backends,
    ports: [port],
    constraints,
  })
}

/** A whole name before those of all below a domain, and the longest of these first. */
const mostPrecise = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  Number(a.startsWith('*')) - Number(b.startsWith('*')) || b.length - a.length || compareText(a, b)

const inCommon = ([first = [], ...others]: readonly (readonly string[])[]): readonly string[] =>
  others.every((each) => each.join() === first.join()) ? first : []
