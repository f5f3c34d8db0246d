import type { Token } from 'marked'
import type { Attributes } from 'sanitize-html'
import { externalFault } from './external-links.ts'
import type { Place, Places } from './markdown-places.ts'
import type { Finding, Reference } from './markdown-render.ts'

const mostFindings = 50
const allowedSchemes = new Set(['http:', 'https:', 'mailto:', 'tel:'])

const missingAlt = {
  severity: 'warning',
  kind: 'images without alt text',
  what: 'this image has no alt text',
  fix: 'describe what it shows, or write <img alt=""> for decoration',
} as const

// A page that loads nothing from elsewhere tells nobody who reads it, and the content security policy holds it to that.
const foreignImage = {
  severity: 'warning',
  kind: 'images of other hosts',
  fix: 'put the file into images/ and write its path; until then its alt text stands there',
} as const

/** Gathers what a page points to, and what was taken out of it. */
export class Targets {
  readonly mark: string
  readonly references: Reference[] = []
  readonly findings: Finding[] = []
  readonly values: Reference[] = []
  readonly #places: Places
  readonly #raws = new Map<string, string[]>()
  readonly #removals = new Map<string, { finding: Finding; count: number }>()
  readonly #marks = new Map<Token, string>()

  constructor(places: Places, mark: string) {
    this.#places = places
    this.mark = mark
  }

  /** Remembers how a link or image was written, to point at it later. */
  written(target: string, raw: string): void {
    const raws = this.#raws.get(target)
    if (raws) raws.push(raw)
    else this.#raws.set(target, [raw])
  }

  /** The target as HTML may hold it: as it is when it leads elsewhere, the mark when the site must resolve it. */
  resolve(tag: 'a' | 'img', target: string, attributes: Attributes): string | undefined {
    const place = this.#placeOf(target)
    const scheme = schemeOf(target)
    if (tag === 'img' && attributes.alt === undefined) this.#report(place, missingAlt)
    if (scheme && !(allowedSchemes.has(scheme) && (tag === 'a' || scheme.startsWith('http')))) {
      this.#remove(place, `the ${tag === 'a' ? 'link' : 'image'} to a '${scheme}' address was removed`)
      return undefined
    }
    const fault = externalFault(target)
    if (fault) this.#report(place, { ...fault, what: `the ${tag === 'a' ? 'link' : 'image'} ${fault.what}` })
    const isElsewhere = scheme !== undefined || /^[\\/]{2}/.test(compact(target))
    if (tag === 'img' && (isElsewhere || fault)) {
      if (!fault) this.#report(place, { ...foreignImage, what: `the image ${target} is on another host` })
      return undefined
    }
    if (isElsewhere || fault) {
      const leavesSite = tag === 'a' && (!scheme || scheme.startsWith('http'))
      if (leavesSite)
        attributes.rel = [...new Set([...(attributes.rel?.split(/\s+/) ?? []), 'noopener'])].join(' ')
      return target
    }
    this.references.push({ kind: tag === 'a' ? 'link' : 'image', target, ...place })
    return this.mark
  }

  /** A mark for a value of a data file; what is rendered twice keeps the one it has. */
  data(written: string, token: Token): string {
    const known = token.type === 'data' ? this.#marks.get(token) : undefined
    if (known) return known
    const mark = `${this.mark}d${this.values.length};`
    this.values.push({ kind: 'data', target: written, ...this.#places.find([written]) })
    this.#marks.set(token, mark)
    return mark
  }

  /** A text with something else in place of the marks of values. */
  withoutMarks(text: string, instead: (written: string) => string): string {
    const marks = new RegExp(`${this.mark}d(\\d+);`, 'g')
    return text.replace(marks, (_, number: string) => instead(this.values[Number(number)]?.target ?? ''))
  }

  removed(tag: string, attribute?: string): void {
    const place = this.#places.find([
      ...(attribute ? [`${attribute}=`] : []),
      `<${tag}`,
      `<${tag.toUpperCase()}`,
    ])
    this.#remove(place, attribute ? `${attribute} was removed from <${tag}>` : `<${tag}> was removed`)
  }

  #remove(place: Place, what: string): void {
    const known = this.#removals.get(what)
    if (known) {
      known.finding.what = `${what} (${++known.count} times)`
      return
    }
    const fix = 'write it in Markdown, or leave it out'
    const finding: Finding = { severity: 'warning', ...place, what, fix, kind: 'HTML that was removed' }
    this.#removals.set(what, { finding, count: 1 })
    if (this.findings.length < mostFindings) this.findings.push(finding)
  }

  #report(place: Place, finding: Omit<Finding, keyof Place>): void {
    if (this.findings.length < mostFindings) this.findings.push({ ...place, ...finding })
  }

  #placeOf(target: string) {
    const raw = this.#raws.get(target)?.shift()
    const firstLine = raw?.split('\n', 1)[0] ?? ''
    return this.#places.find(
      [...(raw ? [raw, firstLine] : []), `"${target}"`, `=${target}`, target].filter(Boolean),
      target,
    )
  }
}

// Browsers skip blanks and control characters in a scheme.
const compact = (target: string): string => target.replace(/[\p{C}\p{Z}]/gu, '')
const schemeOf = (target: string): string | undefined =>
  /^[a-z][a-z0-9+.-]*:/i.exec(compact(target))?.[0].toLowerCase()
