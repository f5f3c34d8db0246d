import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sectionsOf } from '../../app/search/sections.ts'

test('a page is cut at its headings', () => {
  const html =
    '<p>First.</p><h2 id="one">One <code>x</code><a class="anchor" href="#one">#</a></h2><p>Text</p><ul><li>a</li><li>b</li></ul>'
  assert.deepEqual(sectionsOf(html), [
    { id: '', heading: '', text: 'First.' },
    { id: 'one', heading: 'One x', text: 'Text a b' },
  ])
})

test('words that only mark-up divides stay one', () => {
  assert.deepEqual(sectionsOf('<p>un<em>break</em>able</p>')[0]?.text, 'unbreakable')
})

test('entities are the characters that they stand for', () => {
  assert.equal(sectionsOf('<p>&lt;b&gt; &amp;amp; &#233; &#x1F600;</p>')[0]?.text, '<b> &amp; é 😀')
})

test('a heading without text of its own is a section', () => {
  assert.deepEqual(
    sectionsOf('<h2 id="a">A</h2><h3 id="b">B</h3><p>x</p>').map(({ id, text }) => [id, text]),
    [
      ['a', ''],
      ['b', 'x'],
    ],
  )
})

test('what is beyond 200,000 characters plays no part', () => {
  const sections = sectionsOf(`<p>${'long '.repeat(60_000)}</p><h2 id="x">End</h2><p>late</p>`)
  assert.equal(sections[0]?.text.length, 200_000)
  assert.deepEqual(sections[1], { id: 'x', heading: 'End', text: '' })
})
