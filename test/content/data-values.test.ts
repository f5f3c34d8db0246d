import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { documentAt, Folder, page, render } from './folder.ts'

const files = {
  'data/shop.yml': [
    'name: Bees & <Co>',
    'pots: 9270',
    'small: 0.0242',
    'whole: 2.0',
    'big: 1234567.5',
    'open: true',
    'closed: false',
    "since: '2026-11-21'",
    'founded: 2026-11-20',
    'people: [{name: Ada}, {name: Grace}]',
    'nothing:',
    'two-words: hyphenated',
  ].join('\n'),
}

const paragraph = async (t: Parameters<typeof render>[0], markdown: string) => {
  const { html, faults } = await render(t, markdown, files)
  assert.deepEqual(faults, [])
  return html.trim()
}

test('a text shows values of data files as a reader writes them', async (t) => {
  const names = 'pots small whole big open closed since founded people[1].name two-words'.split(' ')
  const html = await paragraph(t, names.map((name) => `{{ data.shop.${name} }}`).join('; '))
  const shown = '9,270; 0.0242; 2; 1,234,567.5; yes; no; 2026-11-21; 2026-11-20; Grace; hyphenated'
  assert.equal(html, `<p>${shown}</p>`)
})

test('values stand in table cells, links, emphasis, footnotes and HTML', async (t) => {
  const html = await paragraph(
    t,
    [
      '| {{data.shop.open}} |\n|--:|\n| {{ data.shop.pots }} |',
      '**{{ data.shop.pots }}** [pots: {{ data.shop.pots }}](/page) x[^1]',
      '<div title="{{ data.shop.pots }}">\n{{ data.shop.small }} <code>{{ data.shop.small }}</code>\n</div>',
      '[^1]: {{ data.shop.whole }} pots',
    ].join('\n\n'),
  )
  assert.match(html, /aria-label="Table: yes"/)
  assert.match(html, /<th scope="col" class="right">yes<\/th>/)
  assert.match(html, /<td class="right">9,270<\/td>/)
  assert.match(html, /<strong>9,270<\/strong> <a href="\/page">pots: 9,270<\/a>/)
  assert.match(html, /title="\{\{ data\.shop\.pots }}">\n0\.0242 <code>\{\{ data\.shop\.small }}<\/code>/)
  assert.match(html, /<li id="footnote-1">\n<p>2 pots/)
})

test('a value is text, whatever it holds', async (t) => {
  assert.equal(await paragraph(t, '{{ data.shop.name }}'), '<p>Bees &amp; &lt;Co></p>')
})

test('a heading shows a value; its anchor does without', async (t) => {
  const { html, toc } = await render(
    t,
    '## All {{ data.shop.pots }} pots\n\n## `{{ data.shop.pots }}`\n',
    files,
  )
  assert.deepEqual(toc, [
    { level: 2, id: 'all-pots', text: 'All 9,270 pots' },
    { level: 2, id: 'datashoppots', text: '{{ data.shop.pots }}' },
  ])
  assert.match(html, /<h2 id="all-pots">All 9,270 pots <a [^>]*aria-label="Link to All 9,270 pots">/)
})

test('code shows what is written, and so does anything but a path', async (t) => {
  const markdown = [
    '`{{ data.shop.pots }}` \\{{ data.shop.pots }} {{ x }} {{ data }} {{ data.shop.pots + 1 }} {{ data.shop.pots | e }}',
    '```\n{{ data.shop.pots }}\n```',
  ].join('\n\n')
  const html = await paragraph(t, markdown)
  assert.equal(
    html,
    '<p><code>{{ data.shop.pots }}</code> {{ data.shop.pots }} {{ x }} {{ data }} {{ data.shop.pots + 1 }} ' +
      '{{ data.shop.pots | e }}</p>\n<pre tabindex="0"><code class="hljs">{{ data.shop.pots }}\n</code></pre>',
  )
})

test('a value that is not there is an error with its place, told once, and a name that was meant', async (t) => {
  const markdown = [
    '## `{{ data.shop.pts }}` {{ data.shop.pts }}',
    '{{ data.shopp.pots }}',
    'x {{ data.shop.people }}',
    '{{ data.shop.constructor }}',
    '{{ data.shop.nothing }}',
    '{{ data.shop.people[2].name }}',
    '{{ data.shop.pots.length }}',
  ].join('\n\n')
  const { html, faults } = await render(t, markdown, files)
  assert.deepEqual(faults.map(formatFault), [
    'pages/page.md:4:26: there is no data.shop.pts, did you mean data.shop.pots?',
    'pages/page.md:6:1: there is no file data/shopp.yml for data.shopp, did you mean data.shop?',
    'pages/page.md:8:3: data.shop.people is more than one value, name one of its values, like data.shop.people[0]',
    'pages/page.md:10:1: there is no data.shop.constructor, data.shop has name, pots, small, whole, big, open, closed, since',
    'pages/page.md:12:1: data.shop.nothing has no value, give it one',
    'pages/page.md:14:1: there is no data.shop.people[2], data.shop.people has 0, 1',
    'pages/page.md:16:1: there is no data.shop.pots.length, add it, or write the value itself',
  ])
  assert.match(html, /<p>\{\{ data\.shop\.constructor }}<\/p>/)
})

test('a saved page shows the new value when only the data has changed', async (t) => {
  const folder = new Folder(t, { 'pages/x.md': page('{{ data.n.a }}'), 'data/n.yml': 'a: 1' })
  assert.equal((await documentAt(await folder.open(), '/x')).html, '<p>1</p>\n')
  folder.write({ 'data/n.yml': 'a: 1000' })
  assert.equal((await documentAt(await folder.open(), '/x')).html, '<p>1,000</p>\n')
})

test("in somebody else's folder it may be a template's: a warning, and the text as written", async (t) => {
  const content = await new Folder(t, { 'x.md': '# X\n\n{{ data.foo }}\n' }).open()
  const { html, faults } = await documentAt(content, '/x')
  assert.match(html, /<p>\{\{ data\.foo }}<\/p>/)
  assert.deepEqual(faults.map(formatFault), [
    'x.md:3:1: warning: there is no file data/foo.yml for data.foo, add it, or write the value itself',
  ])
})
