import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentFolder, pages, startSite, type TestSite } from '../site/site.ts'
import { until } from '../until.ts'

const drawn = { 'images/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>' }

const logged = ({ lines }: TestSite, text: string) => lines.filter((line) => line.includes(text)).length
const withImage = (text: string) => `---\ntitle: Docs\n---\n![](../../images/a.svg)\n\n${text}\n`

test('a writer hears of what is doubtful in a page once, and again when that has changed', async (t) => {
  const contentDir = contentFolder({ ...pages, ...drawn, 'pages/docs/index.md': withImage('One.') })
  const site = await startSite(t, { contentDir, liveReload: true })
  const page = join(contentDir, 'pages/docs/index.md')
  const shows = async (text: string) => (await (await site.get('/docs')).text()).includes(text)
  assert.equal((await site.get('/docs')).status, 200)
  assert.equal(logged(site, 'docs/index.md:4:5: warning: this image has no alt text'), 1)

  writeFileSync(page, withImage('Two.'))
  await until(() => shows('Two.'), 'the next text')
  assert.equal(logged(site, 'has no alt text'), 1)

  writeFileSync(page, withImage('## Three\n\n#### Four'))
  await until(() => shows('Four'), 'the text after that')
  assert.deepEqual([logged(site, 'has no alt text'), logged(site, 'comes right below')], [1, 1])

  writeFileSync(page, '---\ntitle: Docs\n---\nMended.\n')
  await until(() => shows('Mended.'), 'the mended text')
  writeFileSync(page, withImage('Five.'))
  await until(() => shows('Five.'), 'the text of before')
  assert.equal(logged(site, 'has no alt text'), 2)
})

test('what is wrong with the whole site is told once, however often a page is saved', async (t) => {
  const contentDir = contentFolder({
    ...pages,
    ...drawn,
    'pages/x.md': '---\ntitle: X\ntags: [++]\n---\nX.\n',
  })
  const site = await startSite(t, { contentDir, liveReload: true })
  assert.equal(logged(site, "the tag '++' has no address"), 1)
  writeFileSync(join(contentDir, 'pages/docs/index.md'), '---\ntitle: Docs\n---\nNew.\n')
  await until(async () => (await (await site.get('/docs')).text()).includes('New.'), 'the new text')
  assert.equal(logged(site, "the tag '++' has no address"), 1)
})

test('of many faults only the first are logged, and how to read all', async (t) => {
  const images = Array(30).fill('![](../../images/a.svg)\n\n').join('')
  const contentDir = contentFolder({
    ...pages,
    ...drawn,
    'pages/docs/index.md': `---\ntitle: Docs\n---\n${images}`,
  })
  const site = await startSite(t, { contentDir, liveReload: true })
  assert.equal((await site.get('/docs')).status, 200)
  assert.deepEqual([logged(site, 'has no alt text'), logged(site, '10 more of them')], [20, 1])
})

test('visitors cause no line about what is doubtful', async (t) => {
  const contentDir = contentFolder({ ...pages, ...drawn, 'pages/docs/index.md': withImage('One.') })
  const site = await startSite(t, { contentDir })
  assert.equal((await site.get('/docs')).status, 200)
  assert.equal(logged(site, 'has no alt text'), 0)
})
