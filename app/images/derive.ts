import { availableParallelism } from 'node:os'
import type { Sharp } from 'sharp'
import { type DerivedFormat, mostPixels, recipe } from './picture.ts'

// Each thread of one encoder has its own buffers: more of them is memory, not speed.
const mostThreads = 2

/** The bytes of a picture in another width and format: upright, in sRGB, without metadata. Rejects when it cannot be decoded. */
export async function derivePicture(path: string, width: number, format: DerivedFormat): Promise<Buffer> {
  // Native code that a server with everything derived never needs.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(Math.min(mostThreads, availableParallelism()))
  const image = sharp(path, { limitInputPixels: mostPixels, failOn: 'error' })
  // A picture of few colours, such as a screenshot, would be larger than its original without a palette.
  const palette = format === 'png' && (await image.metadata()).isPalette === true
  return encoded(image.autoOrient().resize({ width }).toColourspace('srgb'), format, palette).toBuffer()
}

function encoded(image: Sharp, format: DerivedFormat, palette: boolean): Sharp {
  if (format === 'avif') return image.avif(recipe.avif)
  if (format === 'webp') return image.webp(recipe.webp)
  return format === 'jpg' ? image.jpeg(recipe.jpg) : image.png({ ...recipe.png, palette })
}
