import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Card, cardName } from '../../app/cards/card.ts'
import { CardFiles } from '../../app/cards/card-files.ts'

const cardOf = (title: string): Card => ({ site: 'Dogfood', title, about: '', label: '' })
const cardsOf = (...titles: string[]) =>
  new Map(titles.map((title) => [cardName(cardOf(title)), cardOf(title)]))
const newFolder = () => mkdtempSync(join(tmpdir(), 'dogfood-cache-'))

test('cards are drawn once, and those without a page are removed', async () => {
  const cacheDir = newFolder()
  const folder = join(cacheDir, 'cards')
  const timesOf = (names: Iterable<string>) => [...names].map((name) => statSync(join(folder, name)).mtimeMs)
  await new CardFiles(cacheDir).keep(cardsOf('One', 'Two', 'Three'))
  const kept = cardsOf('One', 'Two')
  const times = timesOf(kept.keys())
  await new CardFiles(cacheDir).keep(cardsOf('One', 'Two', 'Four'))
  assert.deepEqual(readdirSync(folder).sort(), [...cardsOf('One', 'Two', 'Four').keys()].sort())
  assert.deepEqual(timesOf(kept.keys()), times)
})

test('a card that many ask for at once is drawn once', async () => {
  const files = new CardFiles(newFolder())
  const paths = await Promise.all(Array.from({ length: 10 }, () => files.file(cardOf('Woof'))))
  assert.equal(new Set(paths).size, 1)
  assert.equal(paths[0], files.saved(cardName(cardOf('Woof'))))
})

test('where nothing can be saved, a card is drawn once and kept in memory', async () => {
  const cacheDir = newFolder()
  writeFileSync(join(cacheDir, 'cards'), 'in the way')
  const files = new CardFiles(cacheDir)
  const first = await files.file(cardOf('Woof'))
  assert.ok(Buffer.isBuffer(first) && first.subarray(1, 4).toString() === 'PNG')
  assert.equal(await files.file(cardOf('Woof')), first)
  await files.keep(cardsOf('Woof'))
})

test('cards of others are not drawn beforehand, and stay once they are', async () => {
  const cacheDir = newFolder()
  const files = new CardFiles(cacheDir)
  const others = new Set(cardsOf('Old', 'Older').keys())
  await files.file(cardOf('Old'))
  await files.keep(cardsOf('New'), others)
  assert.deepEqual(readdirSync(join(cacheDir, 'cards')).sort(), [...cardsOf('New', 'Old').keys()].sort())
})

test('who asks for many cards at once is told to come again', async () => {
  const files = new CardFiles(newFolder())
  const asked = Array.from({ length: 25 }, (_, i) => files.file(cardOf(`Card ${i}`)))
  const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')
  assert.equal(refused.length, 5)
  await assert.rejects(
    Promise.all(Array.from({ length: 30 }, (_, i) => files.file(cardOf(`Another ${i}`)))),
    { code: 'unavailable' },
  )
})
