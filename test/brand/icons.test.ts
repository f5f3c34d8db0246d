import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { makeIcons } from '../../brand/icons.ts'
import { makeNameMark } from '../../brand/name-mark.ts'

const dir = join(import.meta.dirname, '../../nginx/content')

const pixels = (bytes: Buffer) => sharp(bytes).ensureAlpha().raw().toBuffer()

test('the icons at the root are what npm run icons draws from the mark', async () => {
  for (const { name, bytes } of await makeIcons()) {
    const saved = await readFile(join(dir, name))
    const same = name.endsWith('.png')
      ? (await pixels(saved)).equals(await pixels(bytes))
      : saved.equals(bytes)
    assert.ok(same, `${name} is not current: npm run icons`)
  }
})

test('every icon that the manifest names has the size it says', async () => {
  const manifest = JSON.parse(await readFile(join(dir, 'site.webmanifest'), 'utf8'))
  const named = manifest.icons.filter(({ type }: { type: string }) => type === 'image/png')
  assert.equal(named.length, 3)
  for (const { src, sizes } of named) {
    const { width, height } = await sharp(join(dir, src)).metadata()
    assert.equal(`${width}x${height}`, sizes)
  }
})

test('favicon.ico holds an image of 16, 32 and 48 pixels', async () => {
  const ico = await readFile(join(dir, 'favicon.ico'))
  assert.equal(ico.readUInt16LE(4), 3)
  for (const [i, size] of [16, 32, 48].entries()) {
    const at = 6 + 16 * i
    assert.equal(ico.readUInt8(at), size)
    const start = ico.readUInt32LE(at + 12)
    const { width } = await sharp(ico.subarray(start, start + ico.readUInt32LE(at + 8))).metadata()
    assert.equal(width, size)
  }
})

test('the name mark is what npm run icons draws, and needs no font', async () => {
  const saved = await readFile(join(dir, '../../app/static/images/name-mark.svg'), 'utf8')
  assert.equal(saved, await makeNameMark())
  assert.doesNotMatch(saved, /<text|font-family/)
})
