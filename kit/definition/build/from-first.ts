import type { JsonNode } from '../json/nodes.ts'
import type { At } from '../keys/at.ts'
import { type FirstComponent, firstFormat } from '../keys/first.ts'
import type { Draft, DraftLink, Drafts, ScaleValue } from './draft.ts'

/** The first format: an app with services with components. */
export function fromFirst(root: JsonNode, at: At): Drafts | undefined {
  const app = firstFormat.read(root, at)
  if (app === undefined) return undefined
  const seen = new Set<string>()
  for (const { service_name, place } of app.services) {
    if (service_name === undefined) continue
    if (seen.has(service_name))
      at.findings.fault('duplicate-name', place, `there are two services named "${service_name}"`)
    seen.add(service_name)
  }
  const drafts = app.services.flatMap(({ service_name = '', scaling_policy, components }) =>
    components.map((component) => draft(component, service_name, scaling_policy)),
  )
  const { app_name: name = '', balancer } = app
  return { format: 'first', name, balancer, drafts, parents: [], services: [...seen] }
}

function draft(component: FirstComponent, service: string, ofService: ScaleValue | undefined): Draft {
  const { component_name: name = '', image = '', scaling_policy, pod, dependencies } = component
  return {
    key: `${service}/${name}`,
    name,
    service,
    image,
    values: component,
    scale: scaling_policy ?? ofService,
    links: dependencies.flatMap((dependency) => link(dependency)),
    exposed: [],
    pod: pod === undefined || pod.includes('/') ? pod : `${service}/${pod}`,
    signalReady: false,
  }
}

function link(dependency: FirstComponent['dependencies'][number]): DraftLink[] {
  const {
    name,
    app,
    port,
    target_port: targetPort,
    alias,
    env,
    same_machine: sameMachine,
    place,
  } = dependency
  if (dependency.written.has('name') === dependency.written.has('app'))
    dependency.at.findings.fault('conflict', place, 'expected either "name" or "app"')
  if (port === undefined || (name === undefined && app === undefined)) return []
  return [{ component: name, app, port, targetPort, alias, env, sameMachine, place }]
}
