/** A part of an SVG file; `at` is where in the text it begins. */
export type SvgPart =
  | { kind: 'open'; at: number; name: string; attributes: readonly SvgAttribute[]; isEmpty: boolean }
  | { kind: 'close'; at: number; name: string }
  | { kind: 'text'; at: number; text: string }

export interface SvgAttribute {
  at: number
  name: string
  value: string
}

/** Why a text is not the simple XML that drawings are written in. */
export class SvgError extends Error {
  override readonly name = 'SvgError'
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const name = '[A-Za-z_][\\w.:-]*'
const tag = new RegExp(`<(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y')
const closing = new RegExp(`</(${name})\\s*>`, 'y')
const skipped = /<!--.*?-->|<\?.*?\?>/sy
const characters = /[^<]+/y

/**
 * Takes XML apart, and refuses what it does not know: declarations of a document type, of entities, CDATA.
 * Nothing is guessed as browsers do, so nothing can be read in two ways.
 */
export function* svgParts(source: string): Generator<SvgPart> {
  const open: string[] = []
  for (let at = 0; at < source.length; ) {
    const take = (form: RegExp): RegExpExecArray | null => {
      form.lastIndex = at
      return form.exec(source)
    }
    const found = take(skipped) ?? take(characters) ?? take(closing) ?? take(tag)
    if (!found) throw new SvgError(at, 'this is not well-formed, or not known in a drawing')
    const part = partOf(found[0], at, found)
    if (part?.kind === 'open' && !part.isEmpty) open.push(part.name)
    if (part?.kind === 'close' && open.pop() !== part.name)
      throw new SvgError(at, `</${part.name}> closes nothing`)
    if (part) yield part
    at += found[0].length
  }
  if (open.length > 0) throw new SvgError(source.length, `<${open.at(-1)}> is not closed`)
}

function partOf(whole: string, at: number, [, named = '', attributes = '', slash]: RegExpExecArray) {
  if (!whole.startsWith('<')) return { kind: 'text', at, text: decoded(whole, at) } as const
  if (/^<[!?]/.test(whole)) return undefined
  if (whole.startsWith('</')) return { kind: 'close', at, name: named } as const
  const start = at + 1 + named.length
  return {
    kind: 'open',
    at,
    name: named,
    attributes: attributesIn(attributes, start),
    isEmpty: slash === '/',
  } as const
}

const attributesIn = (text: string, start: number): SvgAttribute[] =>
  [...text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ({ 1: named = '', 2: a, 3: b, index }) => ({
      at: start + index,
      name: named,
      value: decoded(a ?? b ?? '', start + index),
    }),
  )

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string, at: number): string {
  const plain = text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));|&/gi, (whole, decimal, hex, named) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    const character = code === undefined ? entities[named] : isCharacter(code) && String.fromCodePoint(code)
    if (!character) throw new SvgError(at, `${whole} stands for nothing in a drawing`)
    return character
  })
  if (/\p{Cc}/u.test(plain.replace(/[\t\n]/g, ''))) throw new SvgError(at, 'there is a control character')
  return plain
}

const isCharacter = (code: number): boolean =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
