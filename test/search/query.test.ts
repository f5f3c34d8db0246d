import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainForm, readQuery } from '../../app/search/query.ts'

test('a query keeps what was typed, without what nobody can see', () => {
  assert.equal(readQuery('  two\u0000\n\u202ewords\u200b  here ').text, 'two words here')
})

test('a query has at most ten words, of two hundred characters', () => {
  const { text, words } = readQuery(Array.from({ length: 10_000 }, (_, n) => `w${n}`).join(' '))
  assert.equal(text.length, 200)
  assert.equal(words.length, 10)
})

test('a query of 10 kB is cut before it is looked at', () => {
  assert.equal(readQuery('é'.repeat(10_000)).text.length, 200)
  assert.equal(readQuery(`${' '.repeat(10_000)}late`).text, '')
})

test('no query is cut within a character', () => {
  assert.ok(readQuery(`${'a'.repeat(199)}😀`).text.isWellFormed())
  assert.ok(readQuery('\ud800 lone').text.isWellFormed())
})

test('a word counts once, and words that say nothing only when there are no others', () => {
  assert.deepEqual(readQuery('cache Caches CACHE').words.length, 1)
  assert.deepEqual(readQuery('how to cache').words, ['cache'])
  assert.deepEqual(readQuery('how to').words, ['how', 'to'])
})

test('texts that differ in case, accents, punctuation or plurals are equal in their plain form', () => {
  assert.equal(plainForm('Two Caches: café!'), plainForm('two cache cafe'))
})
