import type { FaultKind } from '../../../../kit/definition/fault.ts'

/** A definition, the kind of its first fault, and all messages. */
export type Case = readonly [text: string, kind: FaultKind, ...messages: string[]]

/** A first format whose component `web` says this, on line 2, beside a Redis. */
export const web = (keys: string) => `{ "app_name": "a", "services": [ { "service_name": "s", "components": [
  { "component_name": "web", "image": "example/web"${keys === '' ? '' : `, ${keys}`} },
  { "component_name": "redis", "image": "redis", "ports": [6379] }
] } ] }`

/** A second format with these components, one a line from line 2. */
export const tree = (...components: string[]) =>
  `{ "name": "a", "components": {\n${components.map((each) => `  ${each}`).join(',\n')}\n} }`

export const at = 'swarm.json:2 services/s/components/web'
