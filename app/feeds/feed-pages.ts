import type { PageHandler } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'

const machines =
  (contentType: string, write: (site: Site) => Promise<string>): PageHandler =>
  (site, _params, cache) => ({ cache, contentType, render: () => write(site) })

// Programs ask for these, not the first visitor: each is loaded when it is asked for.
export const atom = machines('application/atom+xml; charset=utf-8', async (site) =>
  (await import('./atom.ts')).atomFeed(site),
)

export const json = machines('application/feed+json', async (site) =>
  (await import('./json-feed.ts')).jsonFeed(site),
)

export const robotsTxt = machines('text/plain; charset=utf-8', async (site) =>
  (await import('./robots.ts')).robots(site),
)

export const llmsTxt = machines('text/plain; charset=utf-8', async (site) =>
  (await import('./llms.ts')).llmsText(site),
)
