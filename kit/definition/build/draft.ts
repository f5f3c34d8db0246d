import type { JsonNode } from '../json/nodes.ts'
import type { At } from '../keys/at.ts'
import type { componentKeys, scale } from '../keys/component.ts'
import type { About } from '../keys/objects.ts'
import type { Values } from '../keys/shape.ts'
import type { Format, Place, Port } from '../model.ts'

type Taken<S extends { read(node: JsonNode, at: At): unknown }> = NonNullable<ReturnType<S['read']>>

export type ScaleValue = Taken<typeof scale>

/** A component of either format, before its references to others are followed. */
export interface Draft {
  /** The name that references of its format use: `service/component`, or the whole name of the second format. */
  readonly key: string
  readonly name: string
  readonly service: string
  readonly image: string
  readonly values: Values<typeof componentKeys> & About
  readonly scale?: ScaleValue | undefined
  readonly links: readonly DraftLink[]
  readonly exposed: readonly Exposed[]
  readonly pod?: string | undefined
  readonly signalReady: boolean
  readonly memoryBytes?: number | undefined
}

export interface DraftLink {
  /** As written. */
  readonly component?: string | undefined
  /** Instead of a component. */
  readonly app?: string | undefined
  readonly port: Port
  /** The component's own, where it is another. */
  readonly targetPort?: Port | undefined
  readonly alias?: string | undefined
  readonly env: boolean
  readonly sameMachine: boolean
  readonly place: Place
}

/** That a parent answers on a port through a child, or through itself. */
export interface Exposed {
  readonly port: Port
  readonly component?: string | undefined
  readonly targetPort: Port
  /** It has faults of its own: where it leads nobody knows. */
  readonly broken: boolean
  readonly place: Place
}

/** A name of the second format that has no image: others may link to what it exposes. */
export interface Parent {
  readonly key: string
  readonly exposed: readonly Exposed[]
}

export interface Drafts {
  readonly format: Format
  readonly name: string
  readonly balancer?: string | undefined
  readonly drafts: readonly Draft[]
  readonly parents: readonly Parent[]
  /** Services in their order, those without components too. */
  readonly services: readonly string[]
}

export const fullName = ({ service, name }: Draft): string => `${service}/${name}`
