/** Labels of everything the kit makes in a swarm. */
export const LABELS = {
  app: 'dogfood.app',
  component: 'dogfood.component',
  kind: 'dogfood.kind',
  secret: 'dogfood.secret',
  /** Of what belongs to the canaries of an app: the name of its stack. */
  canary: 'dogfood.canary',
  /** Who made it. */
  by: 'dogfood.by',
  /** Of a service that runs its image by another name than swarm.json has for it: that name. */
  image: 'dogfood.image',
  /** Of a component that can be scaled: the fewest and the most instances, as `1-4`. */
  scale: 'dogfood.scale',
} as const

export type Labels = Readonly<Record<string, string>>
