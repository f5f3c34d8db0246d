import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { documentAt, Folder, page, render } from './folder.ts'

const site = {
  'pages/index.md': page(),
  'pages/docs/index.md': page('## Install it\n'),
  'pages/docs/setup.md': '---\ntitle: Setup\nredirect_from: /docs/old\n---\n## First steps\n',
  'posts/2026-01-01-hello.md': `---
title: Hello
tags: [News, Über uns]
redirect_from: [/hello.html, /hello/index]
---
[next](2026-01-02-next.md) [home](../pages/index.md)`,
  'posts/2026-01-02-next.md': page('[hello](hello)'),
  'images/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
}

const sound: readonly [written: string, href: string][] = [
  ['docs/setup.md', '/docs/setup'],
  ['./docs/setup.md#first-steps', '/docs/setup#first-steps'],
  ['docs/', '/docs'],
  ['docs/index.md#install-it', '/docs#install-it'],
  ['../posts/2026-01-01-hello.md', '/blog/hello'],
  ['/docs/setup/', '/docs/setup'],
  ['/docs/setup.md?a=1&b=2', '/docs/setup?a=1&amp;b=2'],
  ['/docs/old', '/docs/setup'],
  ['/blog', '/blog'],
  ['/blog/tags/news', '/blog/tags/news'],
  ['/blog/tags/über-uns', '/blog/tags/%C3%BCber-uns'],
  ['/blog/page/2', '/blog/page/2'],
  ['/static/any.css', '/static/any.css'],
  ['/hello.html', '/blog/hello'],
  ['/hello/index', '/blog/hello'],
  ['/images/dot.svg', '/images/dot.svg'],
  ['index.md', '/'],
  ['sound-0.md', '/sound-0'],
  ['#here', '#here'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
]

const broken: readonly [written: string, fault: string][] = [
  ['docs/setpu.md', 'there is no page for the link docs/setpu.md, did you mean docs/setup.md?'],
  ['/docs/setpu', 'there is no page for the link /docs/setpu, did you mean /docs/setup?'],
  ['/nothing/like/it', 'there is no page for the link /nothing/like/it, correct the link or remove it'],
  ['docs/setup.md#first-step', 'there is no heading #first-step on /docs/setup, did you mean #first-steps?'],
  ['#nowhere', 'there is no heading #nowhere on /broken-4, correct the part behind the #'],
  ['/blog/tags/nwes', 'there is no page for the link /blog/tags/nwes, did you mean /blog/tags/news?'],
  [
    '/blog/tags/news/page/2',
    'there is no page for the link /blog/tags/news/page/2, did you mean /blog/tags/news?',
  ],
  ['/blog/page/3', 'there is no page for the link /blog/page/3, correct the link or remove it'],
  ['/blog/page/1', 'there is no page for the link /blog/page/1, correct the link or remove it'],
  ['../../etc/passwd', 'there is no page for the link ../../etc/passwd, correct the link or remove it'],
  ['%E0%A4%A', 'there is no page for the link %E0%A4%A, correct the link or remove it'],
]

const linked = new Folder(
  { after },
  {
    ...site,
    ...pagesWith('sound', sound, (written) => `## Here\n\n[x](${written})`),
    ...pagesWith('broken', broken, (written) => `\`[x](${written})\`\n\n- Text and [x](${written})`),
  },
).open({ knownUrls: ['/blog', '/blog/page/*', '/blog/tags/*', '/static/*'], postsPerPage: 1 })

function pagesWith(
  name: string,
  cases: readonly (readonly [string, string])[],
  text: (written: string) => string,
) {
  return Object.fromEntries(cases.map(([written], i) => [`pages/${name}-${i}.md`, page(text(written))]))
}

for (const [i, [written, href]] of sound.entries()) {
  test(`the link ${written} leads to ${href}`, async () => {
    const { html, faults } = await documentAt(await linked, `/sound-${i}`)
    assert.deepEqual(faults, [])
    assert.ok(html.includes(`<a href="${href}">x</a>`), html)
  })
}

for (const [i, [written, fault]] of broken.entries()) {
  test(`the link ${written} is an error where it is written`, async () => {
    const { faults } = await documentAt(await linked, `/broken-${i}`)
    assert.deepEqual(faults.map(formatFault), [`pages/broken-${i}.md:6:16: ${fault}`])
  })
}

test('links among posts follow their files or their names', async (t) => {
  const content = await new Folder(t, site).open()
  const [hello, next] = [await documentAt(content, '/blog/hello'), await documentAt(content, '/blog/next')]
  assert.deepEqual([...hello.faults, ...next.faults], [])
  assert.match(hello.html, /href="\/blog\/next".*href="\/"/)
  assert.match(next.html, /href="\/blog\/hello"/)
})

test('links in raw HTML are resolved as well', async (t) => {
  const { html, faults } = await render(t, '<a href="docs/setup.md">x</a> <a href="no.md">y</a>', site)
  assert.match(html, /<a href="\/docs\/setup">x<\/a>/)
  assert.deepEqual(
    faults.map(({ line, column, what }) => [line, column, what]),
    [[4, 40, 'there is no page for the link no.md']],
  )
})

test('links to other sites are left alone, without a handle on our window', async (t) => {
  const { html } = await render(t, '[x](https://example.org/a?b=1&c=2)')
  assert.match(html, /<a href="https:\/\/example.org\/a\?b=1&amp;c=2" rel="noopener">x<\/a>/)
})

test('images have their size and load when they are near', async (t) => {
  const { html, faults } = await render(
    t,
    '## One\n\n## Two\n\nA ![A "dot"](../images/dot.svg "Title")',
    site,
  )
  assert.deepEqual(faults, [])
  assert.match(
    html,
    /<img alt="A &quot;dot&quot;" loading="lazy" decoding="async" src="\/images\/dot.svg" width="4" height="3" title="Title">/,
  )
})

test('an image of another host is not loaded: its text stands there, with a warning', async (t) => {
  const { html, faults } = await render(
    t,
    '![A <b>](https://example.org/x.png) and <img src="//example.org/y.png" alt="Y">\n\n[![Z](http://example.org/z.svg)](https://example.org)',
    site,
  )
  assert.doesNotMatch(html, /<img|src=/)
  assert.match(html, /<span class="no-image">A &lt;b&gt;<\/span> and <span class="no-image">Y<\/span>/)
  assert.match(html, /<a href="https:\/\/example.org" rel="noopener"><span class="no-image">Z<\/span><\/a>/)
  assert.deepEqual(
    faults.map(({ severity, line, what }) => [severity, line, what]),
    [
      ['warning', 4, 'the image https://example.org/x.png is on another host'],
      ['warning', 4, 'the image //example.org/y.png is on another host'],
      ['warning', 6, 'the image http://example.org/z.svg is on another host'],
    ],
  )
})

test('an image with a size of its own keeps it; one that is not there is an error', async (t) => {
  const { html, faults } = await render(
    t,
    '<img src="/images/dot.svg" width="40" alt="">\n\n![No](no.png)',
    site,
  )
  assert.match(html, /src="\/images\/dot.svg" width="40" height="30">/)
  assert.deepEqual(faults.map(formatFault), [
    'pages/page.md:6:7: there is no image no.png, put the file there, or correct the path',
  ])
})
