import { hash } from 'node:crypto'
import type { PageEntry } from '../content/entry.ts'
import { longDate } from '../pages/shared-context.ts'
import type { SiteFacts } from '../pages/site-facts.ts'

/** What a card says. */
export interface Card {
  readonly site: string
  readonly title: string
  /** A sentence or two below the title. */
  readonly about: string
  /** Which part of the site the page is of. */
  readonly label: string
}

// Stands for the code and the fonts that draw cards. It goes up whenever they draw something else, so that the
// new cards have names of their own; test/cards/drawing.test.ts notices.
const edition = 1

/** In pixels, as the networks that show them ask for. */
export const cardSize = { width: 1200, height: 630 } as const

/** What a card needs to know of a page. */
export type CardPage = Pick<PageEntry, 'title' | 'url'> &
  Partial<Pick<PageEntry, 'description' | 'date' | 'kind'>>

/** The card of a page. */
export const pageCard = (page: CardPage, { name, tagline }: SiteFacts): Card => ({
  site: name,
  title: page.title,
  about: page.description ?? '',
  label: labelOf(page) || tagline,
})

function labelOf({ kind, date, url }: CardPage): string {
  if (kind === 'post') return date ? `Blog · ${longDate(date)}` : 'Blog'
  const [, section = ''] = url.split('/', 2)
  return section === 'docs' ? 'Documentation' : section === 'blog' ? 'Blog' : ''
}

/** The name of a card's file: it changes with what the card shows. */
export const cardName = ({ site, title, about, label }: Card): string =>
  `${hash('sha256', JSON.stringify([edition, site, title, about, label])).slice(0, 16)}.png`

export const cardUrl = (card: Card): string => `/cards/${cardName(card)}`

/** The name of the card that a URL asks for; undefined for any other URL. */
export const cardNameOf = (url: string): string | undefined => /^\/cards\/([0-9a-f]{16}\.png)$/.exec(url)?.[1]
