import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { openAssets } from '../../app/assets/assets.ts'
import { staticFiles } from './static-files.ts'

test('names come from the bytes alone: a copy with other times has the same names', async (t) => {
  const one = await staticFiles(t)
  const other = await staticFiles(t)
  await other.touch('css/site.css')
  await other.touch('images/mark.svg')
  const [a, b] = [await openAssets(one), await openAssets(other)]
  assert.deepEqual(
    a.names.map((name) => a.url(name)),
    b.names.map((name) => b.url(name)),
  )
  assert.equal(a.version, b.version)
  assert.match(a.url('css/site.css'), /^\/static\/css\/site\.[0-9a-f]{8}\.css$/)
})

test('a change of an imported part renames the stylesheet and nothing else', async (t) => {
  const files = await staticFiles(t)
  const before = await openAssets(files)
  await files.write('css/parts/base.css', 'h1 { color: red }')
  const after = await openAssets(files)
  assert.notEqual(after.url('css/site.css'), before.url('css/site.css'))
  assert.equal(after.url('js/live.js'), before.url('js/live.js'))
  assert.notEqual(after.version, before.version)
})

test('integrity is that of the bytes served, and unknown URLs have none', async (t) => {
  const assets = await openAssets(await staticFiles(t))
  for (const name of assets.names) {
    const asset = await assets.read(assets.url(name))
    assert.ok(asset)
    const digest = createHash('sha384').update(asset.body).digest('base64')
    assert.equal(assets.integrity(name), `sha384-${digest}`)
  }
  assert.equal(await assets.read('/static/css/site.00000000.css'), undefined)
  assert.equal(await assets.read('/static/../assets.test.ts'), undefined)
})

test('the stylesheet is one file with its imports, and url() names hashed files', async (t) => {
  const assets = await openAssets(await staticFiles(t))
  const css = String((await assets.read(assets.url('css/site.css')))?.body)
  assert.ok(css.includes(`url("${assets.url('images/mark.svg')}#top")`), css)
  assert.ok(!css.includes('@import'))
  assert.deepEqual(assets.names, ['css/site.css', 'images/mark.svg', 'js/live.js'])
})

test('an unknown name is refused with the names there are', async (t) => {
  const assets = await openAssets(await staticFiles(t))
  assert.throws(() => assets.url('css/sight.css'), /'css\/sight\.css'.*css\/site\.css, images\/mark\.svg/)
  assert.throws(() => assets.integrity('css/parts/base.css'), /names no static file/)
})
