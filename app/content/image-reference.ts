import { basename } from 'node:path/posix'
import { drawingHtml } from '../images/drawing-html.ts'
import { imageHtml, pictureHtml } from '../images/image-html.ts'
import type { PageEntry } from './entry.ts'
import { escapeAttribute, type LinkTargets, type Resolution, referenceFault, urlOf } from './link-targets.ts'
import type { Reference, WrittenImage } from './markdown-render.ts'

/** The element that stands for an image of a page. */
export function resolveImage(
  site: LinkTargets,
  page: PageEntry,
  reference: Reference,
  { attributes: written, isFirst }: WrittenImage,
): Resolution {
  const { target } = reference
  const [path = ''] = target.split(/[?#]/, 1)
  const url = urlOf(site, page, path)
  const image = url === undefined ? undefined : site.image(url)
  // It is likely to be the largest thing on the first screen.
  const attributes = isFirst ? { ...written, loading: 'eager', fetchpriority: 'high' } : written
  if (!image || url === undefined) {
    const value = imageHtml(escapeAttribute(target), attributes)
    if (url !== undefined && site.isKnown(url)) return { value }
    const fix = 'put the file there, or correct the path'
    return { value, fault: referenceFault(page, reference, `there is no image ${target}`, fix) }
  }
  const { drawing, picture, size } = image
  // A page may show a drawing twice, and its ids but once.
  const name = `${basename(url, '.svg')}-${reference.line}-${reference.column}`
  if (drawing) return { value: drawingHtml(drawing, written.alt ?? '', name) }
  if (picture) return { value: pictureHtml(escapeAttribute(url), picture, attributes), picture: url }
  return { value: imageHtml(escapeAttribute(url), attributes, size) }
}
