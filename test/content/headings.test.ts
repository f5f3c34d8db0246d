import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { documentAt, Folder, page, render } from './folder.ts'

const levelsOf = (html: string) =>
  Array.from(html.matchAll(/<(h\d)[ >].*?<\/\1>/gs), ([, name]) => Number(name?.slice(1)))

test("headings of the title's level are a warning, and all headings are shown one level down", async (t) => {
  const text = '# One\n\n[b](#two)\n\n## Two\n\n<h3 id="x">X</h3>\n\n# Three\n\n###### Six\n'
  const { html, toc, faults } = await render(t, text)
  assert.deepEqual(levelsOf(html), [2, 3, 4, 2, 6])
  assert.match(html, /<h3 id="two">Two <a href="#two"/)
  assert.deepEqual(
    toc.map(({ level, id }) => [level, id]),
    [
      [2, 'one'],
      [3, 'two'],
      [2, 'three'],
      [6, 'six'],
    ],
  )
  assert.deepEqual(faults.map(formatFault), [
    'pages/page.md:4:1: warning: this heading is of the level of the title, which stands above the text already, give each heading of the page one level more, which is how it is shown',
    'pages/page.md:14:1: warning: this heading of level 6 comes right below one of level 1, make it one of level 2',
  ])
})

test('no page has a second h1, however it is written', async (t) => {
  for (const text of [
    'Top\n===\n',
    '<h1>Top</h1>',
    '<h1 class=x>Top</h1>',
    '> # Top',
    '- # Top',
    'a[^1]\n\n[^1]: # Top\n',
  ]) {
    const { html, faults } = await render(t, text)
    assert.doesNotMatch(html, /<h1/, text)
    assert.equal(faults.length, text.includes('[^1]') ? faults.length : 1, text)
  }
})

test('headings out of order are a warning, at their place', async (t) => {
  const text = [
    '### First',
    '## `code`',
    '```md\n##### not one\n```',
    '> a\n>\n> #### Quoted `x`',
    '<!-- <h6>no</h6> -->\n<h4>Fine</h4>\n<h6>Bad</h6>',
    '## `code`\n### Down\n#### Down\n## Up\n### Down',
    'Under\n-----\n\n#### Again',
  ]
  const { faults } = await render(t, text.join('\n\n'))
  const below = (level: number, above: string, wanted: number) =>
    `this heading of level ${level} comes right below ${above}, make it one of level ${wanted}`
  assert.deepEqual(faults.map(formatFault), [
    `pages/page.md:4:1: warning: ${below(3, 'the title', 2)}`,
    `pages/page.md:14:3: warning: ${below(4, 'one of level 2', 3)}`,
    `pages/page.md:18:1: warning: ${below(6, 'one of level 4', 5)}`,
    `pages/page.md:29:1: warning: ${below(4, 'one of level 2', 3)}`,
  ])
})

test('headings in order have no warning', async (t) => {
  const { faults } = await render(t, '## A\n\n### B\n\n#### C\n\n## D\n\nText[^1]\n\n[^1]: Note\n\n### E\n')
  assert.deepEqual(faults, [])
})

test('a text that begins with its title is shown without it; only in a folder of others is that no warning', async (t) => {
  const text = '# The *title*\n\n[there](#sub)\n\n## Sub\n\n### Deep `<h3 >` &lt;h3\n'
  const site = await new Folder(t, { 'pages/x.md': page(text, 'The title') }).open()
  const folder = await new Folder(t, { 'x.md': text }).open()
  for (const content of [site, folder]) {
    const { html, toc } = await documentAt(content, '/x')
    assert.deepEqual(levelsOf(html), [2, 3])
    assert.deepEqual(
      toc.map(({ level }) => level),
      [2, 3],
    )
    assert.doesNotMatch(html, /The <em>title/)
  }
  assert.deepEqual((await documentAt(site, '/x')).faults.map(formatFault), [
    'pages/x.md:4:1: warning: this heading repeats the title, which stands above the text already, leave it out, as the page does',
  ])
  assert.deepEqual((await documentAt(folder, '/x')).faults, [])
})

test('images without a text say so; an empty alt in HTML is meant', async (t) => {
  const png = '../images/a.svg'
  const files = { 'images/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>' }
  const { html, faults } = await render(
    t,
    `![](${png})\n\n![ ](${png} "Title")\n\na <img src="${png}"> b\n\n<img src="${png}" alt="">\n![A](${png}) <img alt src="${png}">\n\n\`![](x)\`\n`,
    files,
  )
  assert.equal(html.match(/<img [^>]*alt[ =]/g)?.length, 5)
  assert.deepEqual(
    faults.map(({ severity, line, what, fix }) => [severity, line, `${what}, ${fix}`]),
    [4, 6, 8].map((line) => [
      'warning',
      line,
      'this image has no alt text, describe what it shows, or write <img alt=""> for decoration',
    ]),
  )
})

test('no heading is asked to take the level of the title', async (t) => {
  const { faults } = await render(t, '#### Deep\n\n# Top\n')
  assert.deepEqual(
    faults.filter(({ line }) => line === 4).map(({ what, fix }) => `${what}, ${fix}`),
    ['this heading of level 4 comes right below the title, make it one of level 2'],
  )
})
