import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from './folder.ts'

test('headings have unique anchors and make the table of contents', async (t) => {
  const { html, toc } = await render(t, '## One & *two*\n\n### Über `x`\n\n## One & two\n\n## !!!\n')
  assert.deepEqual(toc, [
    { level: 2, id: 'one-two', text: 'One & two' },
    { level: 3, id: 'über-x', text: 'Über x' },
    { level: 2, id: 'one-two-1', text: 'One & two' },
    { level: 2, id: 'section', text: '!!!' },
  ])
  assert.match(
    html,
    /<h2 id="one-two">One &amp; <em>two<\/em> <a href="#one-two" class="anchor" aria-label="Link to One &amp; two">#<\/a><\/h2>/,
  )
  assert.equal(new Set(html.match(/ id="[^"]*"/g)).size, 4)
})

test('tables scroll in a region of their own name', async (t) => {
  const { html } = await render(t, '| A | B |\n|---|--:|\n| 1 | 2 |\n')
  assert.match(html, /<section class="table" tabindex="0" aria-label="Table: A, B"><table>/)
  assert.match(html, /<th scope="col" class="right">B<\/th>/)
  assert.match(html, /<td class="right">2<\/td>/)
})

test('task lists have labelled boxes', async (t) => {
  const { html } = await render(t, '- [x] one\n- [ ] two\n')
  assert.match(html, /<input type="checkbox" disabled checked aria-label="done"> one/)
  assert.match(html, /<input type="checkbox" disabled aria-label="to do"> two/)
})

test('footnotes lead there and back', async (t) => {
  const { html, faults } = await render(t, 'Text[^a] and again[^a].\n\n[^a]: The *note*.\n')
  assert.deepEqual(faults, [])
  assert.match(html, /<sup><a href="#footnote-a" id="footnote-ref-a" [^>]*>1<\/a><\/sup>/)
  assert.match(html, /<li id="footnote-a">\n<p>The <em>note<\/em>/)
  assert.match(html, /href="#footnote-ref-a-2"/)
})

test('code is coloured by classes', async (t) => {
  const { html } = await render(t, '```ts\nconst a = "x"\n```\n\n```sh\necho $HOME\n```\n')
  assert.match(
    html,
    /<pre tabindex="0"><code class="hljs language-typescript"><span class="hljs-keyword">const<\/span>/,
  )
  assert.match(html, /language-bash"><span class="hljs-built_in">echo<\/span>/)
  assert.doesNotMatch(html, /style=/)
})

test('code in no known language stays as it is', async (t) => {
  const { html } = await render(t, '```nope\na < b\n```\n\n```../../x\ny\n```\n\n    indented\n')
  assert.match(html, /<code class="hljs">a &lt; b\n<\/code>/)
  assert.match(html, /<code class="hljs">y\n<\/code>/)
  assert.match(html, /<code class="hljs">indented\n<\/code>/)
})

test('content is never a template', async (t) => {
  const { html } = await render(t, '{{ 7*7 }} {% raw %} `{{ constructor }}`')
  assert.equal(html, '<p>{{ 7*7 }} {% raw %} <code>{{ constructor }}</code></p>\n')
})

test('words are counted without the markup', async (t) => {
  const { words } = await render(t, "## Two words\n\nDon't *count* [links](#two-words) twice: 3.\n")
  assert.equal(words, 7)
})
