import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorFaults, authorsOf } from '../../app/content/authors.ts'
import { formatFault } from '../../app/content/fault.ts'
import { Folder, page } from './folder.ts'

const ada = { name: 'Ada Lovelace', url: 'https://example.com', about: 'Writes programs.' }

test('a key stands for somebody, anything else is a name', () => {
  const authors = ['ada', 'Grace Hopper', 'constructor', 'toString']
  assert.deepEqual(authorsOf({ authors }, { authors: { ada } }), [
    ada,
    { name: 'Grace Hopper' },
    { name: 'constructor' },
    { name: 'toString' },
  ])
  assert.deepEqual(authorsOf({ authors: ['ada'] }, {}), [{ name: 'ada' }])
})

test('an address that a browser would run is not shown', () => {
  const bad = { name: 'Bad', url: 'javascript:alert(1)' }
  assert.deepEqual(authorsOf({ authors: ['bad'] }, { authors: { bad } }), [{ name: 'bad' }])
  assert.equal(authorFaults({ authors: { bad } }).length, 1)
})

test('who is not described well is named, and the others stay', async (t) => {
  const folder = new Folder(t, {
    'pages/index.md': page(),
    'data/authors.yml': 'ada: { name: Ada }\nalan: { nam: Alan }\ngrace: Grace\n',
  })
  const example = "write it like 'ada: { name: Ada Lovelace, url: https://example.com }'"
  assert.deepEqual((await folder.open()).faults.map(formatFault), [
    `data/authors.yml:1:1: the author 'alan' is not a name with a url, an about and a kind (person or organisation), ${example}`,
    `data/authors.yml:1:1: the author 'grace' is not a name with a url, an about and a kind (person or organisation), ${example}`,
  ])
  folder.write({ 'data/authors.yml': '- Ada\n' })
  assert.deepEqual((await folder.open()).faults.map(formatFault), [
    `data/authors.yml:1:1: the authors are not a map of keys and people, ${example}`,
  ])
})

test('one author or several, as text or as a list', async (t) => {
  const of = (yaml: string) => `---\ntitle: A\n${yaml}\n---\n`
  const content = await new Folder(t, {
    'pages/a.md': of('author: Ada'),
    'pages/b.md': of('authors: Ada'),
    'pages/c.md': of('authors: [ada, grace]'),
    'pages/d.md': of('authors: [1]'),
  }).open()
  const authors = content.pages.map(({ authors }) => authors)
  assert.deepEqual(authors, [['Ada'], ['Ada'], ['ada', 'grace']])
  assert.deepEqual(content.faults.map(formatFault), [
    "pages/d.md:3:1: authors holds something that is not text, write a list of texts, like 'authors: [ada, grace]'",
  ])
})
