import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'

/** A typeface that text is set in as outlines: what draws the image knows no fonts. */
export interface Typeface {
  /** The text without the characters that no font file has; empty when that would leave less than half of it. */
  settable(text: string): string
  /** In pixels. */
  width(text: string, size: number): number
  /** The outlines of a line of text as an SVG path; `y` is its baseline. */
  path(text: string, x: number, y: number, size: number): string
}

export type TypefaceName = 'besley' | 'figtree'

const opened = new Map<TypefaceName, Typeface>()

/** One of the typefaces of the site; opened once. */
export function typeface(name: TypefaceName): Typeface {
  const known = opened.get(name)
  if (known) return known
  const fonts = ['latin', 'latin-ext'].map((part) => openFont(`${name}-${part}.woff2`))
  const made = typefaceOf(fonts)
  opened.set(name, made)
  return made
}

const openFont = (file: string): Font =>
  create(readFileSync(join(import.meta.dirname, 'fonts', file))) as Font

const mostAdvances = 2000

interface Run {
  readonly font: Font
  readonly text: string
}

function typefaceOf(fonts: readonly Font[]): Typeface {
  // The same words are measured at many sizes, and a width grows with the size.
  const advances = new Map<string, number>()
  const fontOf = (character: string) =>
    fonts.find((font) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))

  // Letters that follow each other in one file are set together, for their kerning.
  function runsOf(text: string): Run[] {
    const runs: Run[] = []
    for (const character of text) {
      const font = fontOf(character)
      const last = runs.at(-1)
      if (font && last?.font === font) runs[runs.length - 1] = { font, text: last.text + character }
      else if (font) runs.push({ font, text: character })
    }
    return runs
  }

  return {
    settable(text) {
      const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim()
      const kept = [...plain].filter(fontOf).join('').replace(/ +/g, ' ').trim()
      return lettersIn(kept) * 2 < lettersIn(plain) ? '' : kept
    },
    width(text, size) {
      const known = advances.get(text)
      if (known !== undefined) return known * size
      const advance = runsOf(text).reduce(
        (sum, { font, text }) => sum + font.layout(text).advanceWidth / font.unitsPerEm,
        0,
      )
      if (advances.size >= mostAdvances) advances.clear()
      advances.set(text, advance)
      return advance * size
    },
    path(text, x, y, size) {
      let at = x
      const drawn: string[] = []
      for (const { font, text: part } of runsOf(text)) {
        const scale = size / font.unitsPerEm
        const { glyphs, positions } = font.layout(part)
        for (const [i, glyph] of glyphs.entries()) {
          drawn.push(outline(glyph.path.commands, at, y, scale))
          at += (positions[i]?.xAdvance ?? 0) * scale
        }
      }
      return drawn.join('')
    },
  }
}

const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0

const letters: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
}

type Commands = readonly { command: string; args: readonly number[] }[]

// The y axis of fonts goes up.
const outline = (commands: Commands, x: number, y: number, scale: number): string =>
  commands
    .map(({ command, args }) => {
      const points = args.map((value, i) => (i % 2 === 0 ? x + value * scale : y - value * scale).toFixed(1))
      return letters[command] + points.join(' ')
    })
    .join('')
