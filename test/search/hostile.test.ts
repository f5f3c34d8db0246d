import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Find, post, searching } from './searching.ts'

let find: Find
const ends: (() => Promise<void>)[] = []
after(async () => {
  for (const end of ends) await end()
})
before(async () => {
  const words = Array.from({ length: 4000 }, (_, n) => `word${n.toString(36)}`).join(' ')
  const searched = await searching(
    { after: (end) => void ends.unshift(end) },
    {
      'pages/a.md': post('A page', `prototype constructor ${words}`),
      'pages/b.md': post('Another', 'Text.'),
    },
  )
  find = searched.find
  await find('page')
})

const hostile: Readonly<Record<string, string>> = {
  'a word of 10 kB': 'a'.repeat(10_240),
  'ten thousand words': Array.from({ length: 10_000 }, (_, n) => `x${n}`).join(' '),
  'mistyped words only': Array.from({ length: 10 }, (_, n) => `wrod${n}zq`).join(' '),
  'the beginning of every word': 'wo wor word w',
  'a regular expression': '(a+)+$ (.*)*x [[:alpha:]]{1,99999} \\p{L}*',
  'many brackets': '('.repeat(5000),
  'many accents': `z${'\u0301'.repeat(10_000)}`,
  'control characters': '\u0000\u0001\u001b[31m\u007f\u2028\ufeff',
  'lone surrogates': '\ud800\udfff'.split('').reverse().join(''),
  'names of objects': '__proto__ constructor toString hasOwnProperty prototype',
  'mark-up': '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>',
  'a query of a database': "'; DROP TABLE pages; -- {$gt: ''} ../../etc/passwd",
  nothing: '',
}

// A query that takes a second is ended, and its answer would be an error.
for (const [what, query] of Object.entries(hostile)) {
  test(`${what} is answered like any query, and the next one too`, { timeout: 20_000 }, async () => {
    const { hits, missing } = await find(query)
    assert.ok(hits.length <= 2 && missing.length <= 10)
    assert.equal((await find('another')).hits[0]?.url, '/b')
  })
}

test('names that every object has are words like others', async () => {
  assert.equal((await find('constructor')).count, 1)
  assert.equal((await find('hasownproperty')).count, 0)
})
