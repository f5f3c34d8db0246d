import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { imageHtml, measure, pictureHtml } from '../../app/images/image-html.ts'
import { type Picture, pictureWidths, readDerivedUrl } from '../../app/images/picture.ts'

const picture = (changes: Partial<Picture> = {}): Picture => ({
  hash: '0123456789ab',
  width: 1000,
  height: 500,
  fallback: 'jpg',
  ...changes,
})

const attributesOf = (html: string, tag: string) => new RegExp(`<${tag} [^>]*>`, 'g').exec(html)?.[0] ?? ''

test('a picture is offered as AVIF, WebP and what it was, the best first', () => {
  const html = pictureHtml('/images/a.jpg', picture(), { alt: 'A' })
  assert.deepEqual(html.match(/image\/\w+(?=")/g), ['image/avif', 'image/webp'])
  assert.match(
    html,
    /^<picture><source .*<img [^>]*src="\/images\/a\.0123456789ab-800\.jpg"[^>]*><\/picture>$/,
  )
  const srcset = /<img [^>]*srcset="([^"]*)"/.exec(html)?.[1]
  assert.equal(
    srcset,
    '/images/a.0123456789ab-480.jpg 480w, /images/a.0123456789ab-800.jpg 800w, /images/a.0123456789ab-1000.jpg 1000w',
  )
})

test('for WebP and AVIF the plain image is WebP', () => {
  const html = pictureHtml('/a.avif', picture({ fallback: 'webp' }), {})
  assert.deepEqual(html.match(/image\/\w+(?=")/g), ['image/avif'])
  assert.match(attributesOf(html, 'img'), /src="\/a\.0123456789ab-800\.webp"/)
})

test('no width is more than the picture has, or almost the same, or more than screens show', () => {
  const widths = [300, 480, 500, 850, 1000, 1650, 5000].map((width) => pictureWidths(picture({ width })))
  assert.deepEqual(widths, [
    [300],
    [480],
    [500],
    [480, 850],
    [480, 800, 1000],
    [480, 800, 1200, 1650],
    [480, 800, 1200, 1600, 2400],
  ])
})

test('a picture is as wide as the text at most, and as wide as the screen on a phone', () => {
  const sizes = (width: number, attributes = {}) =>
    /sizes="([^"]*)"/.exec(pictureHtml('/a.jpg', picture({ width }), attributes))?.[1]
  assert.equal(sizes(1000), '(min-width: 40rem) 37rem, 100vw')
  assert.equal(sizes(300), '(min-width: 300px) 300px, 100vw')
  assert.equal(sizes(1000, { width: '200' }), '(min-width: 200px) 200px, 100vw')
})

test('an image has both sides, the one its author gave and the one that follows', () => {
  const sides = (attributes: Record<string, string>) => {
    const html = imageHtml('/a.svg', attributes, [400, 300])
    return [/ width="([^"]*)"/, / height="([^"]*)"/].map((side) => side.exec(html)?.[1])
  }
  assert.deepEqual(sides({}), ['400', '300'])
  assert.deepEqual(sides({ width: '40' }), ['40', '30'])
  assert.deepEqual(sides({ height: '30' }), ['40', '30'])
  assert.deepEqual(sides({ width: '50', height: '50' }), ['50', '50'])
  assert.deepEqual(sides({ width: '50%' }), ['50%', undefined])
})

test('only addresses of the known form are those of derived files', () => {
  assert.deepEqual(readDerivedUrl('/images/a.b.0123456789ab-800.avif'), {
    stem: '/images/a.b',
    hash: '0123456789ab',
    width: 800,
    format: 'avif',
  })
  const others = [
    '/a.jpg',
    '/a.0123456789ab-0800.avif',
    '/a.0123456789ab-800.gif',
    '/a.0123456789AB-800.avif',
  ]
  for (const url of others) assert.equal(readDerivedUrl(url), undefined, url)
})

test('the width that pictures are chosen for is that of the text in the stylesheet', () => {
  const css = readFileSync(join(import.meta.dirname, '../../app/static/css/tokens.css'), 'utf8')
  assert.equal(/--measure: ([\d.]+)rem/.exec(css)?.[1], `${measure.rem}`)
  assert.equal(measure.pixels, measure.rem * 16)
})
