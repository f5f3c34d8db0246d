import type { Label } from '../definition/model.ts'
import { sortedBy } from './order.ts'

/** What a Swarm is told of labels that a node must have. */
export const nodeConditions = (labels: readonly Label[]): string[] =>
  sortedBy(labels, ({ name }) => name).map(({ name, value }) => `node.labels.${name} == ${value}`)
