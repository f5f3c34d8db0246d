import type { Drawing } from './drawing.ts'
import type { ImageFault } from './read-image.ts'
import { allowedElements, isSilent, safeValue, silentElements } from './svg-allowlist.ts'
import { SvgError, type SvgPart } from './svg-reader.ts'

type Opening = SvgPart & { kind: 'open' }

/** Stands before each id of a drawing, until the page gives it a prefix. No drawing can hold it. */
export const idMark = '\0'

// A few that use each other could stand for millions.
const mostUses = 24

const mostRemovals = 50

/** Writes the parts of an SVG as a page may hold them. */
export class DrawingWriter {
  readonly #removals: (ImageFault & { at: number })[] = []
  readonly #markup: string[] = []
  /** How deep in the root element. */
  #depth = 0
  /** How deep in an element that is left out; 0 outside of any. */
  #hidden = 0
  #texts = 0
  #uses = 0

  /** Throws SvgError for parts that are no drawing. */
  write(parts: Iterable<SvgPart>): { drawing: Drawing; removals: readonly (ImageFault & { at: number })[] } {
    let attributes: string | undefined
    for (const part of parts) {
      if (part.kind === 'text') this.#text(part.text)
      else if (attributes === undefined && part.kind === 'open') attributes = this.#root(part)
      else if (this.#depth === 0) throw new SvgError(part.at, 'there is more than one root element')
      else if (part.kind === 'open') this.#open(part)
      else if (part.kind === 'close') this.#close(part.name)
    }
    return {
      drawing: { markup: this.#markup.join(''), attributes: attributes ?? '' },
      removals: this.#removals,
    }
  }

  #root(part: Opening): string {
    const {
      width = '',
      height = '',
      viewBox = `0 0 ${width} ${height}`,
    } = Object.fromEntries(part.attributes.map(({ name, value }) => [name, value]))
    if (part.name !== 'svg' || !/^\s*[-\d.]+(?:[\s,]+[-\d.]+){3}\s*$/.test(viewBox))
      throw new SvgError(part.at, 'it is not in <svg viewBox="0 0 width height">')
    if (!part.isEmpty) this.#depth = 1
    const others = part.attributes.filter(({ name }) => !['height', 'id', 'viewBox', 'width'].includes(name))
    return `viewBox="${viewBox.trim()}"${this.#attributes('svg', others)}`
  }

  #text(text: string): void {
    if (this.#hidden > 0 || this.#texts === 0) return
    this.#markup.push(escapeXml(text.replaceAll(/\s+/g, ' ')))
  }

  #open({ at, name, attributes, isEmpty }: Opening): void {
    if (!isEmpty) this.#depth++
    if (this.#hidden > 0 || !this.#isKept(at, name)) {
      if (!isEmpty) this.#hidden++
      return
    }
    if (name === 'text' && !isEmpty) this.#texts++
    this.#markup.push(`<${name}${this.#attributes(name, attributes)}${isEmpty ? '/>' : '>'}`)
  }

  #isKept(at: number, name: string): boolean {
    if (name === 'use' && ++this.#uses > mostUses) this.#remove(at, `<use> number ${this.#uses}`)
    else if (allowedElements.has(name)) return true
    else if (!silentElements.has(name) && !name.includes(':')) this.#remove(at, `<${name}>`)
    return false
  }

  #close(name: string): void {
    this.#depth--
    if (this.#depth === 0) return
    if (this.#hidden > 0) this.#hidden--
    else {
      if (name === 'text') this.#texts--
      this.#markup.push(`</${name}>`)
    }
  }

  #attributes(element: string, attributes: Opening['attributes']): string {
    const written = new Map<string, string>()
    for (const { at, name, value } of attributes) {
      const plain = name === 'xlink:href' ? 'href' : name
      if (isSilent(plain)) continue
      const safe = safeValue(plain, value, idMark)
      if (safe === undefined) this.#remove(at, `${name} of <${element}>`)
      else written.set(plain, ` ${plain}="${escapeXml(safe)}"`)
    }
    return [...written.values()].join('')
  }

  #remove(at: number, what: string): void {
    if (this.#removals.length === mostRemovals) return
    const fix = 'draw it without, and give it a class that the stylesheet of the site knows'
    this.#removals.push({ at, what: `${what} was left out of the drawing`, fix })
  }
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
