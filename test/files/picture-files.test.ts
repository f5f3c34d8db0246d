import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import sharp from 'sharp'
import { plain } from '../images/pictures.ts'
import { contentFolder, pages, startSite, type TestSite } from '../site/site.ts'

const wide = () => plain(1000, 500).jpeg().toBuffer()

async function siteWith(t: TestContext, image: Buffer, text = '![A field](../images/field.jpg)') {
  const contentDir = contentFolder({ ...pages, 'pages/shown.md': `---\ntitle: Shown\n---\n${text}\n` })
  const file = join(contentDir, 'images/field.jpg')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, image)
  return startSite(t, { contentDir })
}

const shown = async (site: TestSite) => (await site.get('/shown')).text()

const offered = (html: string) =>
  [...html.matchAll(/(\/images\/\S+) (\d+)w/g)].map(([, url = '', width]) => ({ url, width }))

const saved = (site: TestSite) => {
  try {
    return readdirSync(join(site.config.cacheDir, 'images'))
  } catch {
    return []
  }
}

test('all that a page offers is there, what it says it is, and kept for ever', async (t) => {
  const site = await siteWith(t, await wide())
  const types = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }
  const found = offered(await shown(site))
  assert.equal(found.length, 9)
  for (const { url, width } of found) {
    const answer = await site.get(url)
    assert.equal(answer.status, 200, url)
    const ending = url.slice(url.lastIndexOf('.') + 1) as keyof typeof types
    assert.equal(answer.headers.get('content-type'), types[ending])
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    const made = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    assert.deepEqual([made.mediaType, made.width], [types[ending], Number(width)])
  }
  assert.equal((await site.get('/images/field.jpg')).status, 200)
})

test('a page is made without its pictures being touched', async (t) => {
  const site = await siteWith(t, await wide())
  assert.match(await shown(site), /<img [^>]*width="1000" height="500"/)
  assert.deepEqual(saved(site), [])
})

test('nothing is made but what is offered', async (t) => {
  const site = await siteWith(t, await wide())
  const url = offered(await shown(site))[0]?.url ?? ''
  for (const other of [url.replace('-480.', '-481.'), url.replace(/avif$/, 'png')]) {
    const answer = await site.get(other)
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/images/field.jpg'])
  }
  assert.equal((await site.get('/images/other.0123456789ab-480.avif')).status, 404)
  assert.deepEqual(saved(site), [])
})

test('the page of another release gets the original, and no cache keeps that', async (t) => {
  const site = await siteWith(t, await wide())
  const answer = await site.get('/images/field.0123456789ab-800.webp')
  assert.deepEqual(
    [answer.status, answer.headers.get('location'), answer.headers.get('cache-control')],
    [302, '/images/field.jpg', 'no-store'],
  )
})

test('where a picture cannot be saved the original is sent', async (t) => {
  const site = await siteWith(t, await wide())
  const url = offered(await shown(site))[0]?.url ?? ''
  writeFileSync(join(site.config.cacheDir, 'images'), '')
  const answer = await site.get(url)
  assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/images/field.jpg'])
})

test('a picture that cannot be decoded is logged, and sent as it is', async (t) => {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  const whole = await sharp({ create: { width: 600, height: 300, channels: 3, background: 'red', noise } })
    .jpeg()
    .toBuffer()
  const site = await siteWith(t, whole.subarray(0, whole.length / 2))
  const url = offered(await shown(site))[0]?.url ?? ''
  assert.equal((await site.get(url)).status, 302)
  assert.ok(site.lines.some((line) => /field\.jpg cannot be decoded: save it again/.test(line)))
})

test('a picture with a caption is a figure', async (t) => {
  const site = await siteWith(t, await wide(), '![A field](../images/field.jpg "Barley & rye")')
  assert.match(
    await shown(site),
    /<figure class="figure"><picture>.*alt="A field".*<\/picture><figcaption>Barley &amp; rye<\/figcaption><\/figure>/,
  )
})

test('the first picture above the second heading is loaded at once, the others when near', async (t) => {
  const picture = '![A field](../images/field.jpg)\n\n'
  const loading = async (text: string) => {
    const html = await shown(await siteWith(t, await wide(), text))
    return [...html.matchAll(/<img [^>]*loading="(\w+)" decoding="async"( fetchpriority="high")?/g)].map(
      ([, how, first]) => how + (first ?? ''),
    )
  }
  const eager = 'eager fetchpriority="high"'
  assert.deepEqual(await loading(`## One\n\n${picture}${picture}`), [eager, 'lazy'])
  assert.deepEqual(await loading(`## One\n\n## Two\n\n${picture}`), ['lazy'])
})

test('a replaced picture has new addresses, and what was made of the old one goes', async (t) => {
  const site = await siteWith(t, await wide())
  const [before] = offered(await shown(site))
  await site.get(before?.url ?? '')
  assert.equal(saved(site).length, 1)
  const file = join(site.config.contentDir, 'images/field.jpg')
  rmSync(file)
  writeFileSync(file, await plain(900, 500).jpeg().toBuffer())
  const { openContent } = await import('../../app/content/content.ts')
  const { contentDir: dir, cacheDir } = site.config
  const content = await openContent({ dir, cacheDir, drafts: false, templates: ['page', 'post'] })
  t.after(() => content.close())
  assert.deepEqual(saved(site), [])
  const entry = content.find('/shown')
  assert.ok(entry)
  assert.notEqual(offered((await content.document(entry)).html)[0]?.url, before?.url)
})
