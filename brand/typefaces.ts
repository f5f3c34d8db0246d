/** One typeface of the site: its package, the styles it comes in, and the weights that the stylesheet uses. */
export interface Typeface {
  readonly name: string
  readonly styles: readonly ('normal' | 'italic')[]
  readonly weights: { readonly min: number; readonly max: number }
}

export const typefaces: readonly Typeface[] = [
  { name: 'besley', styles: ['normal'], weights: { min: 600, max: 700 } },
  { name: 'figtree', styles: ['normal', 'italic'], weights: { min: 400, max: 700 } },
]

/** One file of a typeface: which of the package's files it is cut from, and the characters it keeps. */
export interface Subset {
  readonly name: string
  readonly source: 'latin' | 'latin-ext'
  readonly characters: string
}

const range = (from: number, to: number): string =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))

// English text needs the first only; browsers fetch the others for a page that holds a letter of them.
export const subsets: readonly Subset[] = [
  { name: 'latin', source: 'latin', characters: `${range(0x20, 0x7e)}\u00a0·×–—‘’“”…→−` },
  { name: 'latin-1', source: 'latin', characters: range(0xa1, 0xff) },
  { name: 'latin-ext', source: 'latin-ext', characters: range(0x100, 0x17f) },
]
