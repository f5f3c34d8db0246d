import { decodedText, escapedText } from './html-text.ts'

// Ids stay: links within the post go to them. Sizes stay, so that readers can reserve the place of a picture.
const droppedAttributes = new Set(
  'class tabindex role loading decoding fetchpriority data-footnotes data-footnote-ref data-footnote-backref'.split(
    ' ',
  ),
)
const addresses = new Set(['href', 'src'])

// The heading's own anchor, and drawings that need the stylesheet of the site.
const siteOnly = /\s*<a\b[^>]*\bclass="anchor"[^>]*>.*?<\/a>|<svg\b([^>]*)>.*?<\/svg>/gs
const tags = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/gi

/**
 * The HTML of a page as it can be shown anywhere: every address is whole, and what only means something to
 * the site's own styles and scripts is gone. `html` is what the content's allowlist let through.
 */
export function portableHtml(html: string, base: string): string {
  const open: boolean[] = []
  return html.replace(siteOnly, asWords).replace(tags, (tag, end, name, attributes) => {
    // Spans are colours of code and the like: without their class they say nothing.
    if (name === 'span') return spanTag(end === '/', attributes, base, open)
    return end ? tag : `<${name}${portableAttributes(attributes, base)}>`
  })
}

function asWords(_all: string, svgAttributes: string | undefined): string {
  const label = / aria-label="([^"]+)"/.exec(svgAttributes ?? '')?.[1]
  return label ? `<em>${label}</em>` : ''
}

function spanTag(isEnd: boolean, attributes: string, base: string, open: boolean[]): string {
  if (isEnd) return open.pop() ? '</span>' : ''
  const kept = portableAttributes(attributes, base)
  open.push(kept !== '')
  return kept && `<span${kept}>`
}

function portableAttributes(attributes: string, base: string): string {
  const all = [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)]
  return all
    .filter(([, name = '']) => !droppedAttributes.has(name))
    .map(([, name = '', value]) =>
      value === undefined ? ` ${name}` : ` ${name}="${whole(name, value, base)}"`,
    )
    .join('')
}

function whole(name: string, value: string, base: string): string {
  if (name === 'srcset') {
    const candidates = decodedText(value).split(/,\s+/)
    return escapedText(
      candidates.map((candidate) => candidate.replace(/^\S+/, (url) => absolute(url, base))).join(', '),
    )
  }
  return addresses.has(name) ? escapedText(absolute(decodedText(value), base)) : value
}

const absolute = (url: string, base: string): string => URL.parse(url, base)?.href ?? url
