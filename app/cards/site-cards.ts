import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PageEntry } from '../content/entry.ts'
import type { Site } from '../pages/site.ts'
import { siteFacts } from '../pages/site-facts.ts'
import { type Card, type CardPage, cardName, pageCard } from './card.ts'

const batchSize = 500

export type Cards = ReadonlyMap<string, Card>

/** The cards of a site by their names; those of drafts, and of posts after the newest, only where they are wanted. */
export async function siteCards(
  site: Pick<Site, 'content'>,
  drafts: boolean,
  mostPosts = Number.POSITIVE_INFINITY,
): Promise<Cards> {
  const { content } = site
  const facts = siteFacts(site)
  const cards = new Map<string, Card>()
  const add = (page: CardPage) => {
    const card = pageCard(page, facts)
    cards.set(cardName(card), card)
  }
  const isWanted = ({ draft, cache, image }: PageEntry) =>
    (drafts || !draft) && cache !== 'private' && image === undefined
  content.pages.filter(isWanted).forEach(add)
  const posts = Math.min(content.postCount, mostPosts)
  for (let from = 0; from < posts; from += batchSize) {
    content
      .posts(from, Math.min(from + batchSize, posts))
      .filter(isWanted)
      .forEach(add)
    await nextTurn()
  }
  lists(site).forEach(add)
  return cards
}

/** Pages that no file makes; of a list in several parts, all have the card of the first. */
const lists = ({ content }: Pick<Site, 'content'>): CardPage[] => [
  { title: 'Contents', url: '/' },
  { title: 'Search', url: '/search' },
  { title: 'Blog', url: '/blog' },
  { title: 'Tags', url: '/blog/tags' },
  ...Array.from(content.tags.keys(), (tag) => ({
    title: `Tagged ${content.tagName(tag)}`,
    url: `/blog/tags/${tag}`,
  })),
]

const known = new WeakMap<Site, Promise<Cards>>()

/** What a card of a site shows, by its name. */
export async function siteCard(site: Site, name: string): Promise<Card | undefined> {
  const cards = known.get(site) ?? siteCards(site, true)
  known.set(site, cards)
  return (await cards).get(name)
}
