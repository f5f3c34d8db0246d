import { hash } from 'node:crypto'
import { type Card, cardSize } from './card.ts'
import { type SetText, setText } from './lines.ts'
import { type Typeface, typeface } from './typeface.ts'

// The colours of the site on paper, see tokens.css.
const colours = {
  paper: '#fffdf8',
  ink: '#221c14',
  quiet: '#655c4d',
  honey: '#e5a11a',
  wash: '#fdf0d0',
  washed: '#fae3ac',
  faint: '#fcf7ea',
}

const { width, height } = cardSize
const left = 76
const textWidth = 760
const ridge = { top: 548, height: 8 }
const band = { top: 566, height: height - 566 }

/** A card as SVG, its text as outlines: the label of a tin, with the bowl of the mark on it. */
export function cardSvg(card: Card): string {
  const heading = typeface('besley')
  const text = typeface('figtree')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...honeycomb(card.title),
    bowl(art.x, art.y, art.scale),
    `<rect y="${ridge.top}" width="${width}" height="${ridge.height}" fill="${colours.honey}"/>`,
    `<rect y="${band.top}" width="${width}" height="${band.height}" fill="${colours.ink}"/>`,
    ...brand(heading, card.site),
    ...label(text, card.label),
    ...words(heading, text, card),
    '</svg>',
  ].join('\n')
}

const filled = (d: string, colour: string): string => `<path d="${d}" fill="${colour}"/>`

function brand(face: Typeface, site: string): string[] {
  const { lines } = setText(face, face.settable(site), { width: 620, lines: () => 1, sizes: [34] })
  return [bowl(left, 56, 1.5), filled(face.path(lines[0] ?? '', left + 64, 92, 34), colours.ink)]
}

function label(face: Typeface, label: string): string[] {
  const set = face.settable(label)
  return set === '' ? [] : [filled(face.path(set, left, 607, 27), colours.paper)]
}

const titleRoom = {
  width: textWidth,
  sizes: [104, 96, 88, 80, 72, 64, 56],
  lines: (size: number) => (size > 84 ? 2 : size > 68 ? 3 : 4),
}

function words(heading: Typeface, text: Typeface, { title, about, site }: Card): string[] {
  // A title in a script that the fonts lack is not drawn at all: what shows the card has it as text.
  const shown = heading.settable(title) || heading.settable(site)
  const set = setText(heading, shown, titleRoom)
  const titleHeight = set.lines.length * set.size * 1.12
  const aboutLines = titleHeight > 260 ? 2 : 3
  const aboutSet = setText(text, text.settable(about), { width: 700, sizes: [31], lines: () => aboutLines })
  const aboutHeight = aboutSet.lines.length > 0 ? 28 + aboutSet.lines.length * 42 : 0
  const [from, to] = [128, ridge.top - 16]
  const top = from + (to - from - titleHeight - aboutHeight) / 2
  return [
    ...block(heading, set, top, 1.12, colours.ink),
    ...block(text, aboutSet, top + titleHeight + 24, 1.4, colours.quiet),
  ]
}

/** Lines below each other, from the top of the first. */
const block = (face: Typeface, { lines, size }: SetText, top: number, leading: number, colour: string) =>
  lines.map((line, i) => filled(face.path(line, left, top + size * (0.86 + i * leading), size), colour))

const art = { scale: 15, x: 852, y: 95 }

// Where the pattern of the mark's kibbles goes on, in its units.
const cells = [
  [5.44, 6],
  [26.56, 6],
  [10.72, -3.15],
  [21.28, -3.15],
  [31.84, -3.15],
  [31.84, 15.15],
] as const

/** More kibbles, pale; which of them are darker is up to the title, so that no two cards are quite the same. */
function honeycomb(title: string): string[] {
  const seed = hash('sha256', title, 'buffer')
  return cells.map(([x, y], i) => {
    const colour = [colours.wash, colours.washed, colours.faint][(seed[i] ?? 0) % 3] ?? colours.wash
    return filled(hexagon(art.x + x * art.scale, art.y + y * art.scale, 5.3 * art.scale), colour)
  })
}

function hexagon(x: number, y: number, radius: number): string {
  const half = radius * Math.cos(Math.PI / 6)
  const corners = [
    [0, -radius],
    [half, -radius / 2],
    [half, radius / 2],
    [0, radius],
    [-half, radius / 2],
    [-half, -radius / 2],
  ]
  return `M${corners.map(([dx = 0, dy = 0]) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`).join('L')}Z`
}

/** The mark of the site, see app/static/images/mark.svg; `scale` is the size of one of its 32 units. */
const bowl = (x: number, y: number, scale: number, colour = colours.honey): string =>
  `<path transform="translate(${x} ${y}) scale(${scale})" fill="${colour}" d="${mark}"/>`

const mark =
  'M16 0.7L20.59 3.35L20.59 8.65L16 11.3L11.41 8.65L11.41 3.35z' +
  'M10.72 9.85L15.31 12.5L15.31 17.7L6.13 17.7L6.13 12.5z' +
  'M21.28 9.85L25.87 12.5L25.87 17.7L16.69 17.7L16.69 12.5z' +
  'M2.6 19.4h26.8a1.2 1.2 0 0 1 1.15 1.55l-1.95 6.4a4 4 0 0 1-3.83 2.85H7.23a4 4 0 0 1-3.83-2.85l-1.95-6.4a1.2 1.2 0 0 1 1.15-1.55z'
