import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { icoOf } from './ico.ts'

/** A file at the root of the site, by its name. */
export interface IconFile {
  readonly name: string
  readonly bytes: Buffer
}

const markFile = join(import.meta.dirname, '../app/static/images/mark.svg')
const target = join(import.meta.dirname, '../nginx/content')

const paper = '#fffdf8'
const clear = { r: 0, g: 0, b: 0, alpha: 0 }

/** `share` is the mark's part of the width; what platforms cut into shapes of their own needs a margin and a ground. */
const pngs = [
  { name: 'icon-192.png', pixels: 192, share: 1, ground: clear },
  { name: 'icon-512.png', pixels: 512, share: 1, ground: clear },
  { name: 'icon-maskable-512.png', pixels: 512, share: 0.56, ground: paper },
  { name: 'apple-touch-icon.png', pixels: 180, share: 0.72, ground: paper },
] as const

const faviconPixels = [16, 32, 48]

/** Draws every icon of the site from its mark. */
export async function makeIcons(): Promise<IconFile[]> {
  const mark = await readFile(markFile)
  const drawn = pngs.map(async ({ name, ...form }) => ({ name, bytes: await draw(mark, form) }))
  const small = faviconPixels.map((pixels) => draw(mark, { pixels, share: 1, ground: clear }))
  return [
    { name: 'icon.svg', bytes: mark },
    { name: 'favicon.ico', bytes: icoOf(faviconPixels, await Promise.all(small)) },
    ...(await Promise.all(drawn)),
  ]
}

type Form = Pick<(typeof pngs)[number], 'ground'> & { readonly pixels: number; readonly share: number }

async function draw(mark: Buffer, { pixels, share, ground }: Form): Promise<Buffer> {
  const width = Math.round(pixels * share)
  const before = Math.floor((pixels - width) / 2)
  const after = pixels - width - before
  // 72 dots an inch draw an SVG at the size it names; more of them draw it sharp instead of scaling it up.
  const drawing = sharp(mark, { density: (72 * width) / 32 }).resize(width, width)
  return drawing
    .extend({ top: before, bottom: after, left: before, right: after, background: ground })
    .flatten(ground === paper && { background: paper })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer()
}

if (import.meta.main) {
  for (const { name, bytes } of await makeIcons()) {
    await writeFile(join(target, name), bytes)
    console.log(`${name} ${bytes.length} bytes`)
  }
}
