import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { type Card, cardName, pageCard } from '../../app/cards/card.ts'
import { drawCard } from '../../app/cards/draw-card.ts'
import { cardSvg } from '../../app/cards/drawing.ts'
import { hostileTitle } from '../feeds/hostile.ts'

const card: Card = {
  site: 'Dogfood',
  title: 'Two caches for two reasons',
  about: 'Pages and sessions could share one Redis. They should not.',
  label: 'Blog · 21 November 2026',
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

test('what a card looks like has not changed without a new edition', () => {
  const drawn = sha256(cardSvg(card))
  const known = { name: '644d40f9798096dc.png', drawn: '78f371fe3856e9bd' }
  const advice = 'raise `edition` in app/cards/card.ts, then write the new name and hash here'
  assert.deepEqual({ name: cardName({ ...card }), drawn }, known, advice)
})

const hostile: Readonly<Record<string, Partial<Card>>> = {
  'an ordinary page': {},
  'a title that would break out of XML': { title: hostileTitle, about: hostileTitle, site: hostileTitle },
  'a title of 10,000 characters': { title: 'word '.repeat(2000), about: 'x'.repeat(10_000) },
  'nothing but emoji and Chinese': { title: '🐶🐶', about: '漢字', site: '漢字', label: '漢字' },
  'nothing at all': { title: '', about: '', site: '', label: '' },
}

for (const [name, changes] of Object.entries(hostile)) {
  test(`the card of ${name} is a PNG of 1200 × 630 pixels below 60 kB`, async () => {
    const png = await drawCard({ ...card, ...changes })
    const { format, width, height } = await sharp(png).metadata()
    assert.deepEqual([format, width, height], ['png', 1200, 630])
    assert.ok(png.length < 60_000, `${png.length} bytes`)
  })
}

test('a title is drawn in ink, where there is only paper without it', async () => {
  const area = { left: 76, top: 130, width: 700, height: 380 }
  const darkest = async (title: string) => {
    const png = await drawCard({ ...card, site: '', title, about: '' })
    const { channels } = await sharp(await sharp(png).removeAlpha().extract(area).png().toBuffer()).stats()
    return Math.min(...channels.map(({ min }) => min))
  }
  assert.ok((await darkest('Woof')) < 40)
  assert.ok((await darkest('')) > 240)
})

test('the name of a card changes with all that it shows, and with nothing else', () => {
  const names = [{}, { site: 'x' }, { title: 'x' }, { about: 'x' }, { label: 'x' }].map((changes) =>
    cardName({ ...card, ...changes }),
  )
  assert.equal(new Set(names).size, names.length)
  assert.equal(cardName({ ...card }), names[0])
})

test('a card says which part of the site its page is of', () => {
  const facts = { name: 'Dogfood', tagline: 'A site', lang: 'en' }
  const labelOf = (page: object) => pageCard({ title: 'T', url: '/', ...page }, facts).label
  assert.equal(labelOf({ url: '/blog/a', kind: 'post', date: '2026-11-21' }), 'Blog · 21 November 2026')
  assert.equal(labelOf({ url: '/docs/a' }), 'Documentation')
  assert.equal(labelOf({ url: '/blog/tags' }), 'Blog')
  assert.equal(labelOf({ url: '/about' }), 'A site')
})
