import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from './folder.ts'

for (const name of ['Note', 'Tip', 'Important', 'Warning', 'Caution']) {
  test(`a quotation that begins with [!${name.toUpperCase()}] is a note with that title`, async (t) => {
    const kind = name.toLowerCase()
    const { html, faults } = await render(t, `> [!${name.toUpperCase()}]\n> Mind the **bees**.\n>\n> - one\n`)
    assert.equal(
      html,
      `<aside class="note note-${kind}" role="note" aria-label="${name}"><p class="note-title">${name}</p>\n` +
        '<p>Mind the <strong>bees</strong>.</p>\n<ul>\n<li>one</li>\n</ul>\n</aside>\n',
    )
    assert.deepEqual(faults, [])
  })
}

test('a note may begin with markup, a blank line or two spaces, and be written small', async (t) => {
  const { html } = await render(
    t,
    '> [!tip]\n> `code` & more\n\nx\n\n> [!NOTE]  \n> two\n\ny\n\n> [!NOTE]\n>\n> three\n',
  )
  assert.match(html, /<p class="note-title">Tip<\/p>\n<p><code>code<\/code> &amp; more<\/p>/)
  assert.match(html, /<p class="note-title">Note<\/p>\n<p>two<\/p>/)
  assert.match(html, /<p class="note-title">Note<\/p>\n<p>three<\/p>/)
})

test('any other quotation is one', async (t) => {
  for (const text of ['Said.', '[!NOTE] on the same line', '[!HINT]\n> x', '[!NOTE]**x**']) {
    const { html } = await render(t, `> ${text}\n`)
    assert.match(html, /^<blockquote>\n<p>/, text)
  }
})
