import { DrawingWriter } from './drawing-writer.ts'
import type { ImageFault } from './read-image.ts'
import { SvgError, svgParts } from './svg-reader.ts'

/** A drawing is loaded with every view of its page: a longer one stays a file of its own. */
const mostBytes = 16 * 1024

/** An SVG that becomes part of the page, so that it follows the page's colours. */
export interface Drawing {
  /** What its root element holds. */
  markup: string
  /** Of the root element, as HTML has them. */
  attributes: string
}

export type DrawingFault = ImageFault & { severity: 'error' | 'warning'; line: number; column: number }

export interface ReadDrawing {
  drawing?: Drawing
  faults: readonly DrawingFault[]
}

/** Reads an SVG that says `class="drawing"`; undefined for any other, which stays an image. */
export function readDrawing(bytes: Buffer): ReadDrawing | undefined {
  const source = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
  if (!isDrawing(source)) return undefined
  const faultAt = (at: number, severity: DrawingFault['severity'], { what, fix }: ImageFault) => ({
    ...placeOf(source, at),
    severity,
    what,
    fix,
  })
  if (bytes.length > mostBytes) {
    const what = 'this drawing is over 16 kB: it stays an image, which does not follow dark and light'
    return { faults: [faultAt(0, 'warning', { what, fix: 'simplify it, or leave out class="drawing"' })] }
  }
  try {
    const { drawing, removals } = new DrawingWriter().write(svgParts(source))
    return { drawing, faults: removals.map((removal) => faultAt(removal.at, 'warning', removal)) }
  } catch (error) {
    if (!(error instanceof SvgError)) throw error
    const fix = 'write plain SVG: elements, attributes in quotes, text'
    return {
      faults: [faultAt(error.at, 'error', { what: `this drawing cannot be read: ${error.message}`, fix })],
    }
  }
}

function isDrawing(source: string): boolean {
  const root = /<svg\s[^<>]*>/.exec(source)?.[0] ?? ''
  const classes = /\sclass\s*=\s*["']([^"']*)["']/.exec(root)?.[1] ?? ''
  return classes.split(/\s+/).includes('drawing')
}

function placeOf(source: string, at: number): { line: number; column: number } {
  const lines = source.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
