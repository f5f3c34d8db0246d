import type { Section } from './sections.ts'

/** A page or post as search knows it. */
export interface Findable {
  readonly url: string
  readonly title: string
  readonly description: string
  readonly label: Label
  /** YYYY-MM-DD, of a post. */
  readonly date?: string
  readonly tags: readonly string[]
  readonly sections: readonly Section[]
}

/** The part of the site a page belongs to. */
export type Label = 'Docs' | 'Blog' | 'Page'

/** A piece of a text; a marked one is what was searched for. */
export interface Piece {
  readonly text: string
  readonly marked: boolean
}

/** One page that was found. */
export interface Hit {
  /** With the anchor of the section that fits best. */
  readonly url: string
  readonly title: readonly Piece[]
  /** The heading of that section. */
  readonly heading?: string
  readonly label: Label
  readonly date?: string
  readonly snippet: readonly Piece[]
}

export interface Found {
  /** Of all hits, not only those given. */
  readonly count: number
  readonly hits: readonly Hit[]
  /** The query with its mistyped words replaced. */
  readonly didYouMean?: string
  /** Words that no page has, nor anything like them. */
  readonly missing: readonly string[]
}
