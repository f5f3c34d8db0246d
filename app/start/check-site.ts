import { openAssets } from '../assets/assets.ts'
import { CardFiles } from '../cards/card-files.ts'
import { siteCards } from '../cards/site-cards.ts'
import type { Config } from '../config/config.ts'
import { checkContent, faultReport } from '../content/check-content.ts'
import { type Content, openContent } from '../content/content.ts'
import type { Fault } from '../content/fault.ts'
import { contentPage } from '../pages/content-page.ts'
import { assembleSite, type Site, staticDir, urls, viewsDir } from '../pages/site.ts'
import { saveSearchIndex } from '../search/site-search.ts'
import { openTemplates } from '../templates/templates.ts'
import { PictureCheck } from './check-pictures.ts'

/** Renders every page as the site would, prints all that is wrong, draws the cards, saves the search index, and answers the exit code. */
export async function checkSite(config: Config): Promise<0 | 1> {
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
  const pictures = new PictureCheck(cacheDir)
  const inContent = await checkContent({
    dir,
    cacheDir,
    templates: templates.names,
    ...urls,
    render: async ({ url }, document, content) => {
      pictures.add(document.pictures, content)
      await contentPage(siteOf(content), { url }, 0)?.render()
    },
  })
  const uncompiled = Object.values(templates.faults)
  // A page that uses such a template has the same fault again.
  const again = ({ file, line }: Fault) =>
    uncompiled.some((fault) => fault.file === file && fault.line === line)
  const faults = [...uncompiled, ...inContent.filter((fault) => !again(fault)), ...(await pictures.faults())]
  process.stdout.write(`${faultReport(faults)}\n`)
  if (faults.some(({ severity }) => severity === 'error')) return 1
  const published = await openContent({ dir, cacheDir, drafts: false, templates: templates.names, ...urls })
  await saveSearchIndex(published, cacheDir)
  await published.close()
  await drawCards([...sites.values()], cacheDir)
  return 0
}

// A card takes some 30 ms: ten thousand would hold up an image build for five minutes.
const mostPostCards = 300

/** Draws the cards of pages and the newest posts; drafts and older posts have theirs drawn when somebody asks for them. */
async function drawCards(sites: readonly Site[], cacheDir: string): Promise<void> {
  const [first, all] = await Promise.all(
    [mostPostCards, undefined].map((most) =>
      Promise.all(sites.map((site) => siteCards(site, false, most))).then(
        (cards) => new Map(cards.flatMap((each) => [...each])),
      ),
    ),
  )
  if (first && all) await new CardFiles(cacheDir).keep(first, new Set(all.keys()))
}

/** Compiles what a start loads, so that an image, which cannot write, starts as fast as a laptop does. */
export async function compileServer(): Promise<void> {
  const modules = [
    './start.ts',
    '../visitor-app.ts',
    '../sessions/sessions.ts',
    '../cache/redis-page-store.ts',
    '../search/search-answers.ts',
    '../search/site-search.ts',
    '../search/open-query-counts.ts',
    '../search/redis-count-store.ts',
  ]
  await Promise.all([...modules, 'connect-redis'].map((name) => import(name)))
}
