import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentFolder, pages, startSite } from '../site/site.ts'

const edit = 'https://code.example.com/edit/main/content/'

test('a page of the docs leads to its source, where the site says how it is edited', async (t) => {
  const data = { 'data/site.yml': `name: Docs\nedit: ${edit}\n` }
  const site = await startSite(t, { contentDir: contentFolder({ ...pages, ...data }) })
  const html = await (await site.get('/docs/next')).text()
  assert.match(
    html,
    /<a href="https:\/\/code\.example\.com\/edit\/main\/content\/pages\/docs\/next\.md">Edit this page<\/a>/,
  )
})

test('without that it names its source, and a generated page names what it was made from', async (t) => {
  const made = { 'pages/docs/made.md': '---\ntitle: Made\nsource: app/config/settings.ts\n---\nText.\n' }
  const site = await startSite(t, { contentDir: contentFolder({ ...pages, ...made }) })
  assert.match(
    await (await site.get('/docs/next')).text(),
    /Source: <code>content\/pages\/docs\/next\.md<\/code>/,
  )
  assert.match(
    await (await site.get('/docs/made')).text(),
    /Generated from <code>app\/config\/settings\.ts<\/code>/,
  )
})

test('the sidebar has the pages by their groups, and the page knows its neighbours', async (t) => {
  const page = (title: string, group: string, order: number) =>
    `---\ntitle: ${title}\ngroup: ${group}\nnav_order: ${order}\n---\nText.\n`
  const contentDir = contentFolder({
    'pages/docs/index.md': page('Begin', 'Start', 1),
    'pages/docs/run.md': page('Run', 'Operate', 3),
    'pages/docs/write.md': page('Write', 'Start', 2),
  })
  const html = await (await (await startSite(t, { contentDir })).get('/docs/write')).text()
  const sidebar = html.slice(html.indexOf('docs-nav'), html.indexOf('<main'))
  assert.deepEqual(
    [...sidebar.matchAll(/id="docs-group-\d">([^<]+)<|<a href="([^"]+)"/g)].map(
      ([, group, url]) => group ?? url,
    ),
    ['Start', '/docs', '/docs/write', 'Operate', '/docs/run'],
  )
  assert.match(html, /rel="prev" href="\/docs".*rel="next" href="\/docs\/run"/s)
})
