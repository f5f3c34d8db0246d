import type { Place, ProductionStack } from './place.ts'
import { stackAt } from './place.ts'
import { productionUp } from './stack.ts'

/** Where a production site is that runs already, as JSON. */
export const SHARED = 'DOGFOOD_PRODUCTION'

/**
 * A production site with all its optional parts: the one that the runner shares out among test files, or else one of
 * their own. Whoever gets it leaves it as it was.
 */
export async function sharedProduction(): Promise<ProductionStack> {
  const shared = process.env[SHARED]
  if (shared === undefined) return startShared()
  return { ...stackAt(JSON.parse(shared) as Place), down: async () => {} }
}

export const startShared = (): Promise<ProductionStack> =>
  productionUp({ settings: { COMPOSE_PROFILES: 'stand-ins,observe' } })
