import type { Assets } from '../assets/assets.ts'
import type { Config } from '../config/config.ts'
import type { Content } from '../content/content.ts'
import { escapeAttribute } from '../content/link-targets.ts'
import { tagSlug } from '../content/slug.ts'
import { drawingHtml } from '../images/drawing-html.ts'
import { safe } from '../templates/renderer.ts'

/** The settings that pages depend on. */
export type SiteConfig = Pick<
  Config,
  'contentDir' | 'cacheDir' | 'drafts' | 'liveReload' | 'publicUrl' | 'release'
>

const longDateForm = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** YYYY-MM-DD as readers see it. */
export const longDate = (date: string): string => longDateForm.format(new Date(date))

/** What every template and fragment sees. */
export function sharedContext(config: SiteConfig, content: Content, assets: Assets): object {
  const data = content.data()
  const { site = {} } = data as { site?: object }
  return {
    data,
    site: { name: 'Website', ...site, url: config.publicUrl, release: config.release },
    nav: content.nav
      .filter(({ url }) => isTopLevel(url))
      .map(({ title, navTitle = title, url }) => ({ title: navTitle, url })),
    live: config.liveReload,
    asset: assets.url,
    integrity: assets.integrity,
    longDate,
    figure: (path: string, form?: string) => figureAt(data, path, form),
    tagSlug,
    drawing: (name: string, alt: string) => drawingOf(content, name, alt),
  }
}

/** A drawing of the content, for templates. */
function drawingOf(content: Content, name: string, alt: string): object {
  const drawing = content.drawing(`/images/${name}.svg`)
  if (!drawing) {
    throw new Error(
      `drawing('${name}') finds none: draw images/${name}.svg in <svg class="drawing" viewBox="…">`,
    )
  }
  return safe(drawingHtml(drawing, escapeAttribute(alt), name))
}

/** Pages deeper down are ordered among their own, in their section's list. */
const isTopLevel = (url: string): boolean => url.lastIndexOf('/') === 0

const percentForm = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 })
const numberForm = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** A measured figure of data/figures.yml as readers see it; undefined when it was not measured. */
function figureAt(
  data: Readonly<Record<string, unknown>>,
  path: string,
  form = 'number',
): string | undefined {
  const keys = ['figures', ...path.split('.')]
  const value = keys.reduce<unknown>(
    (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    data,
  )
  if (typeof value !== 'number') return undefined
  return form === 'percent' ? percentForm.format(value) : numberForm.format(value)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
