import { askLines, inspectAll } from './ask.ts'
import { inspectObjects, listObjects, type ObjectKind } from './commands.ts'
import type { Labels } from './labels.ts'

/** A config or a secret of the swarm; neither can be changed once it is made. */
export interface SwarmObject {
  readonly id: string
  readonly name: string
  readonly labels: Labels
  readonly createdAt: string
  /** Of a config; nobody reads a secret. */
  readonly content?: string
}

/** What `docker config inspect` and `docker secret inspect` print. */
export interface InspectedObject {
  readonly ID: string
  readonly CreatedAt: string
  readonly Spec: { readonly Name: string; readonly Labels?: Labels; readonly Data?: string }
}

/** All configs or secrets with a label (`name=value`), oldest first: two questions, however many there are. */
export async function readObjects(kind: ObjectKind, label: string): Promise<SwarmObject[]> {
  const ids = await askLines(listObjects(kind, label))
  const inspected = await inspectAll<InspectedObject>((some) => inspectObjects(kind, some), ids)
  return inspected.map(objectOf).sort((a, b) => a.createdAt.localeCompare(b.createdAt))
}

/** The config or secret with a name, or an id; undefined where there is none. */
export async function readObject(kind: ObjectKind, name: string): Promise<SwarmObject | undefined> {
  const [inspected] = await inspectAll<InspectedObject>((some) => inspectObjects(kind, some), [name])
  return inspected && objectOf(inspected)
}

export const objectOf = ({ ID, CreatedAt, Spec }: InspectedObject): SwarmObject => ({
  id: ID,
  name: Spec.Name,
  labels: Spec.Labels ?? {},
  createdAt: CreatedAt,
  ...(Spec.Data !== undefined && { content: Buffer.from(Spec.Data, 'base64').toString('utf8') }),
})
