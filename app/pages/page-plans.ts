import { LRUCache } from 'lru-cache'
import { match } from 'path-to-regexp'
import type { PageParams, PagePlan, PublicRoute } from './page-plan.ts'
import type { Site } from './site.ts'

const mostRemembered = 1000

/** Finds the plan behind a canonical path, by the first route that has one; undefined when there is no such page. */
export function pagePlans(routes: readonly PublicRoute[], site: () => Site) {
  const matchers = routes.map((route) => ({ ...route, match: match<Partial<PageParams>>(route.path) }))
  // Finding a plan takes a third of a hit in rediscache, and the pages in demand are few.
  const remembered = new LRUCache<string, PagePlan>({ max: mostRemembered })
  let rememberedOf: Site | undefined

  const find = (url: string): PagePlan | undefined => {
    for (const { match, page, cache } of matchers) {
      const found = match(url)
      const plan = found && page(site(), { ...found.params, url }, cache)
      if (plan) return plan
    }
    return undefined
  }

  return (url: string): PagePlan | undefined => {
    if (rememberedOf !== site()) remembered.clear()
    rememberedOf = site()
    const known = remembered.get(url)
    if (known) return known
    const plan = find(url)
    if (plan) remembered.set(url, plan)
    return plan
  }
}
