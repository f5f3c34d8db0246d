import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { parseYaml } from '../content/yaml.ts'
import { viewsDir } from '../pages/site.ts'
import { siteFacts } from '../pages/site-facts.ts'
import { createRenderer } from '../templates/renderer.ts'
import { openTemplates } from '../templates/templates.ts'
import type { DeliveryParts } from './start-deliveries.ts'

/** What mail is made of, in a process without the website: its templates, and of the content the site's name. */
export async function openMailWords({
  contentDir,
  cacheDir,
}: Pick<Config, 'contentDir' | 'cacheDir'>): Promise<Pick<DeliveryParts, 'render' | 'siteName'>> {
  const { render } = createRenderer(await openTemplates({ dir: viewsDir, cacheDir }), {})
  const site = siteFile(contentDir)
  const { name } = siteFacts({ content: { data: () => ({ site }) } })
  return { render, siteName: () => name }
}

/** What data/site.yml holds; a site may do without one, and what is wrong with it is told where pages are shown. */
function siteFile(contentDir: string): unknown {
  const file = 'data/site.yml'
  try {
    const parsed = parseYaml(file, readFileSync(join(contentDir, file), 'utf8'))
    return 'value' in parsed ? parsed.value : undefined
  } catch {
    return undefined
  }
}
