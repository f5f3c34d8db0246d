import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Assets, openAssets } from '../assets/assets.ts'
import { type Content, openContent } from '../content/content.ts'
import type { Fault } from '../content/fault.ts'
import type { Log } from '../logging/log.ts'
import { createRenderer, type Renderer } from '../templates/renderer.ts'
import { openTemplates, type Templates } from '../templates/templates.ts'
import { type FaultLog, faultLog } from './fault-log.ts'
import { type SiteConfig, sharedContext } from './shared-context.ts'

/** All that pages are made of, at one moment; a change makes a new one. */
export interface Site {
  readonly content: Content
  readonly assets: Assets
  readonly templates: Templates
  readonly renderer: Renderer
  /** Release and hash of everything pages are made of: the same on every instance that has the same. */
  readonly version: string
  readonly publicUrl: string
  /** A page with a broken link, or a site with broken data, is served to visitors; its writer sees the fault. */
  readonly showFaults: boolean
  /** Of data files, which every template may use. */
  readonly dataFaults: readonly Fault[]
  /** Tells what is wrong with a page that is shown all the same. */
  readonly report?: FaultLog
}

const appDir = join(import.meta.dirname, '..')
export const viewsDir = join(appDir, 'views')
export const staticDir = join(appDir, 'static')

/** URLs of the application that content may link to, although no content file makes them. */
const knownUrls = [
  '/blog',
  '/blog/tags',
  '/search',
  '/session',
  '/invite',
  '/admin',
  '/console',
  '/static/*',
  '/feed.xml',
  '/feed.json',
  '/sitemap.xml',
  '/robots.txt',
  '/llms.txt',
]

/** URLs that the application, nginx or the files at the root answer: no content file may take them; `*` ends a prefix. */
const reservedUrls = [
  '/blog',
  '/blog/page/*',
  '/blog/tags',
  '/blog/tags/*',
  '/search',
  '/search.json',
  '/session',
  '/session/*',
  '/invite',
  '/invite/*',
  '/signup',
  '/signup/*',
  '/welcome',
  '/sign-out',
  '/hooks/*',
  '/admin',
  '/admin/*',
  '/console',
  '/console/*',
  '/feed.xml',
  '/feed.json',
  '/sitemap.*',
  '/robots.txt',
  '/llms.txt',
  '/cards/*',
  '/static/*',
  '/healthz',
  '/readyz',
  '/_live',
]

export const urls = { knownUrls, reservedUrls } as const

/**
 * Reads what has changed since it was last called, here or in an earlier process; all else is kept.
 * `code` tells apart what the code of this process renders, where the release does not.
 */
export async function openSite(config: SiteConfig, log: Log, code = ''): Promise<Site> {
  const { contentDir, cacheDir, drafts } = config
  const onFault = (message: string) => log.error(message)
  const [templates, assets] = await Promise.all([
    openTemplates({ dir: viewsDir, cacheDir }),
    openAssets({ dir: staticDir, cacheDir, ...(config.liveReload && { onFault }) }),
  ])
  const names = templates.names
  const content = await openContent({ dir: contentDir, cacheDir, drafts, templates: names, ...urls })
  const report = faultLog(log)
  report('', [...Object.values(templates.faults), ...content.faults])
  return { ...assembleSite(config, { content, templates, assets }, code), report }
}

/** A site of parts that are open already. */
export function assembleSite(
  config: SiteConfig,
  parts: Pick<Site, 'content' | 'templates' | 'assets'>,
  code = '',
): Site {
  const { content, templates, assets } = parts
  const hashes = [
    content.version,
    templates.version,
    assets.version,
    config.publicUrl,
    config.liveReload,
    code,
  ]
  const hash = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16)
  const renderer = createRenderer(templates, sharedContext(config, content, assets))
  const { publicUrl, liveReload: showFaults } = config
  const dataFaults = content.faults.filter(({ file }) => file.startsWith('data/'))
  return { ...parts, dataFaults, renderer, version: `${config.release}:${hash}`, publicUrl, showFaults }
}
