import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { openAssets } from './assets/assets.ts'
import { loadConfig } from './config/environment.ts'
import { checkContent, faultReport } from './content/check-content.ts'
import type { Content } from './content/content.ts'
import { contentPage } from './pages/content-page.ts'
import { assembleSite, knownUrls, type Site, staticDir, viewsDir } from './pages/site.ts'
import { startOrExplain } from './start/explain.ts'
import { openTemplates } from './templates/templates.ts'

// `npm run content:check`: renders every page as the site would, and lists all that is wrong.
await startOrExplain(async () => {
  const config = loadConfig()
  const { contentDir: dir, cacheDir } = config
  const [templates, assets] = await Promise.all([
    openTemplates({ dir: viewsDir, cacheDir }),
    openAssets({ dir: staticDir, cacheDir }),
  ])
  const sites = new Map<Content, Site>()
  const siteOf = (content: Content): Site => {
    const site = sites.get(content) ?? assembleSite(config, { content, templates, assets })
    sites.set(content, site)
    return site
  }
  const inContent = await checkContent({
    dir,
    cacheDir,
    templates: templates.names,
    knownUrls,
    render: async ({ url }, _document, content) => {
      await contentPage(siteOf(content), { url }, 0)?.render()
    },
  })
  const faults = [...Object.values(templates.faults), ...inContent]
  await compileServer(cacheDir)
  process.stdout.write(`${faultReport(faults)}\n`)
  process.exitCode = faults.some(({ severity }) => severity === 'error') ? 1 : 0
})

/** Compiles what a start loads, so that an image, which cannot write, starts as fast as a laptop. */
async function compileServer(cacheDir: string): Promise<void> {
  enableCompileCache(join(cacheDir, 'compile'))
  const modules = [
    './start/start.ts',
    './visitor-app.ts',
    './sessions/sessions.ts',
    './cache/redis-page-store.ts',
  ]
  await Promise.all([...modules, 'connect-redis'].map((name) => import(name)))
}
