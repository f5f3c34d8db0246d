/** Labels of everything the kit makes in a swarm. */
export const LABELS = {
  app: 'dogfood.app',
  component: 'dogfood.component',
  kind: 'dogfood.kind',
  secret: 'dogfood.secret',
} as const

export type Labels = Readonly<Record<string, string>>
