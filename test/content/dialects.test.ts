import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkContent, faultReport } from '../../app/content/check-content.ts'
import { formatFault } from '../../app/content/fault.ts'
import { documentAt, type Files, Folder, faultsOf, page, render } from './folder.ts'

const shown = 'are shown as they are written, write them in Markdown, or leave them out'
const asNote =
  "are shown as they are written, write a quotation that begins with '[!NOTE]', '[!TIP]' or '[!WARNING]'"

const foreign: readonly [name: string, markdown: string, fault: string][] = [
  [
    'Liquid',
    'a {% include pot.html %} b\n\n{%- if x -%}',
    `4:3: warning: {% include pot.html %} and 1 more: Liquid tags ${shown}`,
  ],
  ['Hugo', 'x\n\n{{< figure src="a" >}}\n', `6:1: warning: {{< figure src="a" >}}: Hugo shortcodes ${shown}`],
  ['Hugo with Markdown inside', '{{% pot %}}\n', `4:1: warning: {{% pot %}}: Hugo shortcodes ${shown}`],
  ['MDX', "import Pot from './pot'\n", `4:1: warning: import Pot from './pot': imports and exports ${shown}`],
  ['containers', ':::tip Pots\nFill them.\n:::\n', `4:1: warning: :::tip: containers ${asNote}`],
  ['admonitions', '!!! note "Pots"\n', `4:1: warning: !!! note: admonitions ${asNote}`],
  ['attribute lists', 'Pots\n{: .big}\n', `5:1: warning: {: .big}: attribute lists ${shown}`],
  [
    'components',
    '<PotList>\n\n- *one* <Badge text="x" />\n\n</PotList>\n\n<Badge/>\n',
    '4:1: warning: <PotList>, <Badge>: components are left out, what they enclose stays, write in Markdown what they stand for',
  ],
]

for (const [name, markdown, fault] of foreign) {
  test(`what is written for another tool is told once: ${name}`, async (t) => {
    const { html, faults } = await render(t, markdown)
    assert.deepEqual(faults.map(formatFault), [`pages/page.md:${fault}`])
    assert.notEqual(html, '')
  })
}

test('code may show any of them, and expressions of other tools stay without a word', async (t) => {
  const { html, faults } = await render(
    t,
    '`{% x %}` {{ page.title }} {{ $t("x") }}\n\n```\n:::tip\n<Pot/>\n```\n',
  )
  assert.deepEqual(faults, [])
  assert.match(html, /\{\{ page\.title }} \{\{ \$t\("x"\) }}/)
})

test('a heading may name its own anchor', async (t) => {
  const { html, toc, faults } = await render(
    t,
    '## Pots & more {#pots}\n\n## `fill()` {: #fill-it .x }\n\n[a](#pots) [b](#fill-it)\n',
  )
  assert.deepEqual(toc, [
    { level: 2, id: 'pots', text: 'Pots & more' },
    { level: 2, id: 'fill-it', text: 'fill()' },
  ])
  assert.match(html, /<h2 id="pots">Pots &amp; more <a /)
  assert.deepEqual(faults, [])
})

const files: Files = {
  '_index.md': page(
    '[a](Guide/Start.html) [b](guide/start/) [c](/docs/start/) [d](/old) [e](gone.md) ![f](f.png)',
  ),
  'guide/README.md': '# Guide\n\n[start](../Guide/start)\n',
  'guide/start.md':
    '---\nlayout: sidebar\npermalink: /docs/start/\naliases: [/old]\nweight: 3\n---\n# Start\n',
  'guide/broken.md': '---\ntags: [\n  a,\n]\n---\n# Broken\n',
  'guide/hidden.md': '---\ndraft: true\ntags: [\n  a,\n]\n---\n# Hidden\n',
  'guide/empty.md': '---\n# no keys\n---\n# Empty\n',
  'guide/tabs.mdx': '# Tabs\n',
  'guide/more.mdx': '# More\n',
  'fonts/pots.svg': 'not an image',
}

test("somebody else's folder is served with its own addresses, and warnings for what is not there", async (t) => {
  const content = await new Folder(t, files).open()
  const urls = content.pages.map(({ url, title }) => `${url} ${title}`)
  assert.deepEqual(urls, [
    '/ A page',
    '/guide Guide',
    '/guide/broken Broken',
    '/guide/empty Empty',
    '/guide/start Start',
  ])
  const { html } = await documentAt(content, '/')
  assert.equal(html.match(/href="\/guide\/start"/g)?.length, 4)
  const faults = await faultsOf(content)
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('warning: ')).map((fault) => fault.replace(/: .*/, '')),
    ['guide/hidden.md:5:1'],
  )
  for (const part of [
    '_index.md:4:73: warning: there is no page for the link gone.md',
    '_index.md:4:87: warning: there is no image f.png',
    'guide/broken.md:4:1: warning: YAML error',
    "guide/more.mdx:1:1: warning: this and 1 more MDX files are left out: MDX is a program, write it in Markdown and end its name with '.md'",
    'fonts/pots.svg:1:1: warning: ',
  ])
    assert.ok(
      faults.some((fault) => fault.startsWith(part)),
      `${part}\n${faults.join('\n')}`,
    )
})

test('of many warnings of a kind some are shown and the rest are counted; errors are all shown', async (t) => {
  const pages = Array.from({ length: 15 }, (_, i) => [`${i}.md`, `# ${i}\n\n[x](gone.md)\n\n{% x %}\n`])
  const { dir, cacheDir } = new Folder(t, Object.fromEntries(pages))
  const report = faultReport(await checkContent({ dir, cacheDir, templates: ['page'] })).split('\n')
  assert.equal(report.length, 23)
  assert.deepEqual(report.slice(20), [
    '… and 5 more warnings: links that lead nowhere',
    '… and 5 more warnings: Liquid tags',
    'content: 0 errors, 30 warnings',
  ])
  const error = {
    severity: 'error',
    file: 'a.md',
    line: 1,
    column: 1,
    what: 'a',
    fix: 'b',
    kind: 'c',
  } as const
  assert.equal(faultReport(Array.from({ length: 15 }, () => error)).split('\n').length, 16)
})
