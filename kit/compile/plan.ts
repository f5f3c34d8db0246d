import type { Findings } from '../definition/fault.ts'
import type { App, Component } from '../definition/model.ts'
import { type Connection, connectionsOf } from './connections.ts'
import { keysOf, stackName } from './names.ts'
import { sortedBy } from './order.ts'
import { type Pins, pinsOf } from './pins.ts'
import { type Published, publishing } from './publishing.ts'
import type { Surroundings } from './types.ts'

/** What all parts of the compiler know of an app. */
export interface Plan {
  /** Name of the stack. */
  readonly stack: string
  readonly surroundings: Surroundings
  readonly balancer?: string | undefined
  /** By full name. */
  readonly components: readonly Component[]
  readonly find: (fullName: string) => Component | undefined
  /** Name of a component's service in the stack. */
  readonly key: (component: Component) => string
  /** And of its balancer. */
  readonly balancerKey: (component: Component) => string
  readonly connections: readonly Connection[]
  readonly published: Published
  readonly pins: Pins
  readonly findings: Findings
}

/** Follows all names and links of an app once, for those who write the stack. */
export function planOf(app: App, surroundings: Surroundings, findings: Findings): Plan {
  const stack = stackName(app.name, surroundings.environment)
  const components = sortedBy(
    app.services.flatMap(({ components }) => components),
    ({ fullName }) => fullName,
  )
  const byName = new Map(components.map((component) => [component.fullName, component]))
  const keys = keysOf(stack, [...byName.keys()])
  const balancers = keysOf(stack, [...byName.keys()].map(balancerName), new Set(keys.values()))
  const key = ({ fullName }: Component) => keys.get(fullName) ?? fullName
  return {
    stack,
    surroundings,
    balancer: app.balancer,
    components,
    find: (fullName) => byName.get(fullName),
    key,
    balancerKey: ({ fullName }) => balancers.get(balancerName(fullName)) ?? fullName,
    connections: connectionsOf(components, findings),
    published: publishing(components, findings),
    pins: pinsOf(stack, components, key, findings),
    findings,
  }
}

const balancerName = (fullName: string): string => `${fullName}-balancer`

/** The name under which DNS has the addresses of all tasks of a service. */
export const tasksOf = ({ stack }: Plan, key: string): string => `tasks.${stack}_${key}`

/** Labels of what belongs to a component; `kind` is what it is for. */
export const labelsOf = (
  { stack }: Plan,
  component: string,
  kind: 'component' | 'balancer' | 'job',
): Record<string, string> => ({
  'dogfood.app': stack,
  'dogfood.component': component,
  'dogfood.kind': kind,
})
