import assert from 'node:assert/strict'
import { test } from 'node:test'
import { post, searching, urlsOf } from './searching.ts'

test('hits come in pages, none twice, none left out', async (t) => {
  const numbers = Array.from({ length: 23 }, (_, number) => number)
  const files = numbers.map((number) => [`pages/p${number}.md`, post(`Page ${number}`, 'the same lantern')])
  const { find } = await searching(t, Object.fromEntries(files))
  const pages = [await find('lantern', 0, 10), await find('lantern', 10, 20), await find('lantern', 20, 30)]
  assert.deepEqual(
    pages.map(({ count, hits }) => [count, hits.length]),
    [
      [23, 10],
      [23, 10],
      [23, 3],
    ],
  )
  assert.equal(new Set(pages.flatMap(urlsOf)).size, 23)
  assert.deepEqual((await find('lantern', 30, 40)).hits, [])
})

test('a page whose whole title is searched comes first', async (t) => {
  const { find } = await searching(t, {
    'pages/a.md': post('Lantern lantern lantern oil', 'lantern oil lantern oil'),
    'pages/b.md': post('The lantern', 'Something else.'),
  })
  assert.equal(urlsOf(await find('the Lantern'))[0], '/b')
})
