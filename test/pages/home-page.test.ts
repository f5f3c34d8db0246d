import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentFolder, pages, startSite } from '../site/site.ts'

const home = (lines: string) => ({
  ...pages,
  'pages/index.md': `---\ntitle: Home\ntemplate: home\n${lines}---\nWelcome.\n`,
})

test('the home page shows the newest three posts', async (t) => {
  const more = Object.fromEntries(
    [3, 4].map((day) => [`posts/2026-01-0${day}-p${day}.md`, `---\ntitle: Post ${day}\n---\nText.\n`]),
  )
  const site = await startSite(t, { contentDir: contentFolder({ ...home(''), ...more }) })
  const html = await (await site.get('/')).text()
  assert.deepEqual(
    [...html.matchAll(/<h3><a href="(\/blog\/[^"]+)"/g)].map(([, url]) => url),
    ['/blog/p4', '/blog/p3', '/blog/second'],
  )
})

test('a figure on the home page is the measured one, in the form it asks for', async (t) => {
  const figures = [
    'figures:',
    '  title: Measured',
    '  items:',
    '    - { figure: cache.ratio, form: percent, text: of the speed }',
    '    - { figure: start.ms, unit: ms, text: to start }',
    '    - { figure: never.measured, text: not to be seen }',
    '',
  ].join('\n')
  const data = { 'data/figures.yml': 'cache: { ratio: 0.951 }\nstart: { ms: 12345.6 }\n' }
  const site = await startSite(t, { contentDir: contentFolder({ ...home(figures), ...data }) })
  const html = await (await site.get('/')).text()
  assert.deepEqual(
    [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, ...figure]) => figure),
    [
      ['of the speed', '95%'],
      ['to start', '12,345.6<small>ms</small>'],
    ],
  )
})
