import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { readImage } from '../../app/images/read-image.ts'
import { frames, plain } from './pictures.ts'

const formats = ['jpeg', 'png', 'webp', 'avif'] as const
const fallbacks = { jpeg: 'jpg', png: 'png', webp: 'webp', avif: 'webp' } as const

for (const format of formats) {
  test(`the size of a ${format} is that of the image as it is seen`, async () => {
    const { [format]: fallback } = fallbacks
    const upright = await plain(60, 30).toFormat(format).toBuffer()
    assert.deepEqual(readImage(upright), { size: [60, 30], fallback })
    for (const [orientation, size] of [
      [3, [60, 30]],
      [6, [30, 60]],
    ] as const) {
      const turned = await plain(60, 30).withMetadata({ orientation }).toFormat(format).toBuffer()
      assert.deepEqual(readImage(turned), { size, fallback }, `${orientation}`)
    }
  })
}

test('a still GIF is a picture, an image that moves stays as it is', async () => {
  assert.deepEqual(readImage(await plain(60, 30).gif().toBuffer()), { size: [60, 30], fallback: 'png' })
  for (const format of ['gif', 'webp'] as const) {
    const moving = await (await frames(60, 30))[format]().toBuffer()
    assert.deepEqual(readImage(moving), { size: [60, 30] }, format)
  }
  assert.deepEqual(readImage(animatedPng(await plain(60, 30).png().toBuffer())), { size: [60, 30] })
})

test('a strip too tall for the formats stays as it is', async () => {
  assert.deepEqual(readImage(await plain(10, 17_000).png().toBuffer()), { size: [10, 17_000] })
})

test('a bomb of pixels is told by its head', async () => {
  const bomb = await plain(10, 10).png().toBuffer()
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  assert.deepEqual(readImage(bomb), {
    what: 'this image has 30000 × 30000 pixels, over the limit of 64 million',
    fix: 'save it in a smaller size: 2400 pixels are enough for any screen',
  })
})

test('bytes that are no image of the web are a fault', async () => {
  const tiff = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .tiff()
    .toBuffer()
  const cut = (await plain(60, 30).png().toBuffer()).subarray(0, 18)
  const noWidth = await plain(60, 30).png().toBuffer()
  noWidth.writeUInt32BE(0, 16)
  for (const bytes of [tiff, cut, noWidth, Buffer.alloc(0), Buffer.from('GIF89a')]) {
    const read = readImage(bytes)
    assert.ok('what' in read && read.what === 'this is not a readable image', JSON.stringify(read))
  }
})

test('damaged heads end the reading, not the process', async () => {
  const makers = [
    await plain(60, 30).withMetadata({ orientation: 6 }).png().toBuffer(),
    await plain(60, 30).withMetadata({ orientation: 6 }).webp().toBuffer(),
    await plain(60, 30).withMetadata({ orientation: 6 }).avif().toBuffer(),
    await plain(60, 30).gif().toBuffer(),
  ]
  for (const whole of makers) {
    for (let length = 0; length <= whole.length; length++) assert.ok(readImage(whole.subarray(0, length)))
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at] = 255
      assert.ok(readImage(damaged))
    }
  }
})

/** As an animated PNG announces itself: a chunk before the pixels. */
function animatedPng(png: Buffer): Buffer {
  const head = 33
  const chunk = Buffer.from([0, 0, 0, 8, ...Buffer.from('acTL'), 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])
  return Buffer.concat([png.subarray(0, head), chunk, png.subarray(head)])
}
