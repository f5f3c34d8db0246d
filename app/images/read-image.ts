import { imageSize } from 'image-size'
import { isAnimated } from './animation.ts'
import { isTurned } from './orientation.ts'
import { isTooTall, mostPixels, type Picture } from './picture.ts'

/** What the head of an image file tells; nothing is decoded. */
export interface ImageFacts {
  /** Width and height in pixels, as the image is seen. */
  size: readonly [width: number, height: number]
  /** The format of its plain derivative; undefined for an image that stays as it is. */
  fallback?: Picture['fallback']
}

/** What is wrong with an image, and what to do. */
export interface ImageFault {
  what: string
  fix: string
}

const fallbacks: Readonly<Record<string, Picture['fallback'] | undefined>> = {
  jpg: 'jpg',
  png: 'png',
  gif: 'png',
  // A browser that cannot show WebP could not show these either.
  webp: 'webp',
  avif: 'webp',
}

/** Reads size and kind of an image from its bytes. */
export function readImage(bytes: Buffer): ImageFacts | ImageFault {
  const read = sizeOf(bytes)
  if (!read) {
    return {
      what: 'this is not a readable image',
      fix: 'save it again, or give it the extension of what it is',
    }
  }
  const [width, height] = read.size
  if (read.type === 'svg') return { size: read.size }
  if (width * height > mostPixels) {
    const what = `this image has ${width} × ${height} pixels, over the limit of ${mostPixels / 1e6} million`
    return { what, fix: 'save it in a smaller size: 2400 pixels are enough for any screen' }
  }
  const fallback = fallbacks[read.type]
  const stays = fallback === undefined || isTooTall(width, height) || isAnimated(read.type, bytes)
  return { size: read.size, ...(!stays && { fallback }) }
}

function sizeOf(bytes: Buffer): { type: string; size: readonly [number, number] } | undefined {
  try {
    // It would read on behind the end, in the pool that small files share.
    const own = bytes.length < bytes.buffer.byteLength ? new Uint8Array(bytes) : bytes
    const { width, height, orientation = 1, type = '' } = imageSize(own)
    if (!(width > 0 && height > 0) || !(type === 'svg' || type in fallbacks)) return undefined
    const lies = orientation >= 5 || isTurned(type, bytes)
    return { type, size: lies ? [height, width] : [width, height] }
  } catch {
    return undefined
  }
}
