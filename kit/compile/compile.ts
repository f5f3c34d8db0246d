import { Findings, inOrder } from '../definition/fault.ts'
import type { App } from '../definition/model.ts'
import type { Balancer } from './balancer.ts'
import { balancersOf } from './balancers.ts'
import { checkPlan } from './check.ts'
import { compiledConfig, configFiles, secretsOf } from './files.ts'
import { frontOf } from './front.ts'
import { withImages } from './images.ts'
import { networksOf } from './networks.ts'
import { sortedObject } from './order.ts'
import { planOf } from './plan.ts'
import { serviceOf } from './service.ts'
import type { Compiled, StackFile, Surroundings } from './types.ts'
import { volumesOf } from './volumes.ts'

/** The lowest version of the Compose file that knows all that is said here. */
const VERSION = '3.12'

/** The stack that makes a Swarm run the app. */
export function compile(app: App, surroundings: Surroundings): Compiled {
  const findings = new Findings()
  const plan = planOf(app, surroundings, findings)
  const balancers = balancersOf(plan)
  const front = frontOf(plan)
  const added: readonly Balancer[] = front ? [...balancers, front] : balancers
  const networks = networksOf(plan, balancers, front)
  const files = [...configFiles(plan), ...added.flatMap(({ config }) => config ?? [])]
  const configs = files.map((file) => ({ file, config: compiledConfig(plan, file) }))
  checkPlan(plan)
  const services = sortedObject([
    ...plan.components.map(
      (component) => [plan.key(component), serviceOf(plan, component, networks)] as const,
    ),
    ...added.map(({ key, service }) => [key, { ...service, networks: networks.of(key) }] as const),
  ])
  const stack = {
    version: VERSION,
    services: withImages(services, surroundings.images ?? new Map()),
    networks: networks.all,
    volumes: sortedObject(volumesOf(plan)),
    secrets: sortedObject(secretsOf(plan)),
    configs: sortedObject(
      configs.map(({ file, config }): [string, StackFile] => [
        file.key,
        { external: true, name: config.name },
      ]),
    ),
  }
  return {
    stack,
    configs: Object.values(sortedObject(configs.map(({ config }) => [config.name, config]))),
    pins: plan.pins.all,
    faults: inOrder(findings.faults),
    warnings: inOrder(findings.warnings),
  }
}
