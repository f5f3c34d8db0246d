import type { Balancer } from './balancer.ts'
import { controlOf } from './control.ts'
import { keyWithin } from './names.ts'
import { compareText, sortedBy, sortedObject } from './order.ts'
import type { Plan } from './plan.ts'
import type { StackNetwork, StackService } from './types.ts'

type Attached = NonNullable<StackService['networks']>

export interface Networks {
  readonly all: Readonly<Record<string, StackNetwork>>
  /** What a service of the stack is attached to. */
  readonly of: (key: string) => Attached
}

interface Attachment {
  readonly network: string
  readonly service: string
  readonly aliases: readonly string[]
}

/** A network for each two that talk to each other, and one that leads out for each that needs it. */
export function networksOf(
  plan: Plan,
  balancers: readonly Balancer[],
  front: Balancer | undefined,
): Networks {
  const attachments: Attachment[] = []
  const ways = new Map<string, boolean>()
  const key = (name: string) => keyWithin(plan.stack, name)
  const join = (from: string, to: string, aliases: readonly string[] = []) => {
    const network = key(`${from}--${to}`)
    ways.set(network, true)
    attachments.push({ network, service: from, aliases: [] }, { network, service: to, aliases })
  }
  const alone = (service: string, suffix: 'out' | 'alone') => {
    const network = key(`${service}--${suffix}`)
    ways.set(network, suffix === 'alone')
    attachments.push({ network, service, aliases: [] })
  }
  const control = controlOf(plan)
  for (const { from, to, links, balanced } of plan.connections)
    join(plan.key(from), balanced ? plan.balancerKey(to) : plan.key(to), aliasesOf(links))
  for (const balancer of balancers) {
    const component = plan.find(balancer.component)
    if (component) join(balancer.key, plan.key(component))
    // One with a configuration of the kit's own knows no canary.
    if (control && balancer.config === undefined) join(plan.key(control), balancer.key)
  }
  for (const { component } of front ? plan.published.routed : []) join(front?.key ?? '', plan.key(component))
  if (front) alone(front.key, 'out')
  for (const component of plan.components) {
    const service = plan.key(component)
    // Ports of a node lead to a container only over a network that leads out.
    if (component.outside || plan.published.own(component).length > 0) alone(service, 'out')
    // Without any, it would be on one with all others that have none.
    else if (!attachments.some((each) => each.service === service)) alone(service, 'alone')
  }
  const labels = { 'dogfood.app': plan.stack }
  const byService = Map.groupBy(attachments, ({ service }) => service)
  return {
    all: sortedObject([...ways].map(([name, internal]) => [name, { driver: 'overlay', internal, labels }])),
    of: (service) => attached(byService.get(service) ?? []),
  }
}

const aliasesOf = (links: readonly { readonly alias: string }[]): string[] =>
  [...new Set(links.map(({ alias }) => alias))].sort(compareText)

function attached(attachments: readonly Attachment[]): Attached {
  const unique = sortedBy(
    new Map(attachments.map((each) => [each.network, each])).values(),
    ({ network }) => network,
  )
  return Object.fromEntries(
    unique.map(({ network, aliases }) => [network, aliases.length > 0 ? { aliases } : {}]),
  )
}
