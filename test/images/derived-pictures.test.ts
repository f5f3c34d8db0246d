import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import sharp from 'sharp'
import {
  DerivedPictures,
  derivedOf,
  type PictureFile,
  removeStalePictures,
} from '../../app/images/derived-pictures.ts'
import { type DerivedFormat, derivedName } from '../../app/images/picture.ts'
import { plain, redAndBlue } from './pictures.ts'

const hash = '0123456789ab'

function folder(t: TestContext, bytes: Buffer): { cacheDir: string; picture: PictureFile } {
  const cacheDir = mkdtempSync(join(tmpdir(), 'pictures-'))
  t.after(() => rmSync(cacheDir, { recursive: true }))
  const path = join(cacheDir, 'source')
  writeFileSync(path, bytes)
  return { cacheDir, picture: { path, hash, width: 60, height: 30, fallback: 'jpg' } }
}

async function derive(t: TestContext, bytes: Buffer, format: DerivedFormat = 'jpg', width = 30) {
  const { cacheDir, picture } = folder(t, bytes)
  const file = await new DerivedPictures(cacheDir).file(picture, { hash, width, format })
  assert.equal(file, join(cacheDir, 'images', `${hash}-${width}.${format}`))
  return sharp(file)
}

for (const [format, read] of [
  ['avif', 'heif'],
  ['webp', 'webp'],
  ['jpg', 'jpeg'],
  ['png', 'png'],
] as const) {
  test(`a derived .${format} is one, as wide as its name says`, async (t) => {
    const made = await derive(t, await plain(60, 30).jpeg().toBuffer(), format)
    const { format: is, width, height } = await made.metadata()
    assert.deepEqual([is, width, height], [read, 30, 15])
  })
}

test('a picture that lies on its side is made upright, without what the camera wrote', async (t) => {
  const source = await redAndBlue(60, 30)
    .withExif({ IFD0: { Copyright: 'Somebody' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const made = await derive(t, source)
  const { width, height, exif, orientation, xmp, icc } = await made.metadata()
  assert.deepEqual(
    [width, height, exif, orientation, xmp, icc],
    [30, 60, undefined, undefined, undefined, undefined],
  )
  const { data } = await made.raw().toBuffer({ resolveWithObject: true })
  const [top, bottom] = [data.subarray(0, 3), data.subarray(-3)]
  assert.ok((top[0] ?? 0) > 200 && (bottom[2] ?? 0) > 200, 'its left side is the top')
})

test('colours of another profile are those of sRGB, and look the same', async (t) => {
  const wide = await plain(60, 30, '#c8782a').withIccProfile('p3').png().toBuffer()
  const { data: stored } = await sharp(wide, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true })
  assert.ok(Math.abs((stored[0] ?? 0) - 0xc8) > 4, 'the source has other numbers for the same colour')
  const made = await derive(t, wide, 'png')
  const data = await made.raw().toBuffer()
  for (const [i, value] of [0xc8, 0x78, 0x2a].entries())
    assert.ok(Math.abs((data[i] ?? 0) - value) <= 2, `${data[i]}`)
})

test('a derived file is made once, whoever asks, and kept', async (t) => {
  const { cacheDir, picture } = folder(t, await plain(60, 30).jpeg().toBuffer())
  const derived = new DerivedPictures(cacheDir)
  const asked = { hash, width: 30, format: 'webp' } as const
  const files = await Promise.all([derived.file(picture, asked), derived.file(picture, asked)])
  assert.equal(files[0], files[1])
  const { ino } = statSync(files[0] ?? '')
  rmSync(picture.path)
  assert.equal(await new DerivedPictures(cacheDir).file(picture, asked), files[0])
  assert.equal(statSync(files[0] ?? '').ino, ino)
})

test('what cannot be decoded is tried once', async (t) => {
  const whole = await sharp({
    create: {
      width: 600,
      height: 300,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .jpeg()
    .toBuffer()
  const { cacheDir, picture } = folder(t, whole.subarray(0, whole.length / 2))
  const derived = new DerivedPictures(cacheDir)
  const asked = { hash, width: 30, format: 'webp' } as const
  await assert.rejects(derived.file(picture, asked), /premature end/i)
  assert.equal(await derived.file(picture, asked), undefined)
})

test('where nothing can be saved nothing is made', async (t) => {
  const { cacheDir, picture } = folder(t, Buffer.from('not even read'))
  writeFileSync(join(cacheDir, 'images'), '')
  assert.equal(
    await new DerivedPictures(cacheDir).file(picture, { hash, width: 30, format: 'webp' }),
    undefined,
  )
})

test('what was derived from pictures that are gone is removed', (t) => {
  const { cacheDir } = folder(t, Buffer.alloc(0))
  mkdirSync(join(cacheDir, 'images'))
  const names = ['0123456789ab-480.avif', 'ba9876543210-480.avif', 'ba9876543210-480.avif.x.tmp']
  for (const name of names) writeFileSync(join(cacheDir, 'images', name), '')
  removeStalePictures(cacheDir, new Set([hash]))
  assert.deepEqual(readdirSync(join(cacheDir, 'images')), ['0123456789ab-480.avif'])
})

test('all that a page names is what is derived', () => {
  const names = derivedOf({ hash, width: 900, height: 10, fallback: 'png' }).map(derivedName)
  assert.deepEqual(
    names,
    [
      '480.avif',
      '800.avif',
      '900.avif',
      '480.webp',
      '800.webp',
      '900.webp',
      '480.png',
      '800.png',
      '900.png',
    ].map((name) => `${hash}-${name}`),
  )
})
