/** Labels of everything the kit makes in a swarm. */
export const LABELS = {
  app: 'dogfood.app',
  component: 'dogfood.component',
  kind: 'dogfood.kind',
  secret: 'dogfood.secret',
  /** Of a service that runs its image by another name than swarm.json has for it: that name. */
  image: 'dogfood.image',
} as const

export type Labels = Readonly<Record<string, string>>
