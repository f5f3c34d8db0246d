import { hash } from 'node:crypto'

/** A still image made of pixels, which is offered in several sizes and formats. */
export interface Picture {
  /** Of its bytes and the recipe: the same name always has the same bytes. */
  hash: string
  /** In pixels, as it is seen: turned where its EXIF data says so. */
  width: number
  height: number
  /** For browsers without AVIF and WebP, and for readers of feeds. */
  fallback: 'jpg' | 'png' | 'webp'
}

export type DerivedFormat = 'avif' | Picture['fallback']

/** How each format is encoded. It is part of the hash, so that a change makes new addresses. */
export const recipe = {
  avif: { quality: 55, effort: 2 },
  webp: { quality: 78, effort: 4 },
  jpg: { quality: 78, mozjpeg: true },
  png: { compressionLevel: 9 },
} as const

/** More pixels than this are not decoded: each takes four bytes of memory, or more. */
export const mostPixels = 64_000_000

const steps = [480, 800, 1200, 1600]
const mostWidth = 2400

// WebP knows no more; what is as long as this is no picture for the flow of a text.
const mostHeight = 16_383

/** The hash of a picture's addresses, from that of its file. */
export const pictureHash = (fileHash: string): string =>
  hash('sha256', JSON.stringify([recipe, fileHash])).slice(0, 12)

/** The widths in pixels it is offered in, ascending: never more than it has. */
export function pictureWidths({ width }: Picture): number[] {
  const full = Math.min(width, mostWidth)
  // A step just below the full width would cost a file and save nobody anything.
  return [...steps.filter((step) => step < full * 0.9), full]
}

/** The formats it is offered in, best first; the last is that of the plain image. */
export const pictureFormats = ({ fallback }: Picture): DerivedFormat[] => [
  ...new Set<DerivedFormat>(['avif', 'webp', fallback]),
]

export const isTooTall = (width: number, height: number): boolean =>
  (height * Math.min(width, mostWidth)) / width > mostHeight

export interface Derived {
  readonly hash: string
  readonly width: number
  readonly format: DerivedFormat
}

/** The name of a derived file. */
export const derivedName = ({ hash, width, format }: Derived): string => `${hash}-${width}.${format}`

/** The URL of a picture without its ending: those of its derived files begin so. */
export const stemOf = (url: string): string => url.replace(/\.\w+$/, '')

/** Where a derived file is served. */
export const derivedUrl = (url: string, derived: Derived): string => `${stemOf(url)}.${derivedName(derived)}`

/** What a URL of a derived file asks for; undefined for any other URL. */
export function readDerivedUrl(url: string): (Derived & { stem: string }) | undefined {
  const [, stem = '', hash = '', width, format] =
    /^(.+)\.([0-9a-f]{12})-([1-9]\d{0,3})\.(avif|webp|jpg|png)$/.exec(url) ?? []
  return format ? { stem, hash, width: Number(width), format: format as DerivedFormat } : undefined
}

/** Whether a picture is offered so: nothing else is ever made of it. */
export const isOffered = (picture: Picture, { hash, width, format }: Derived): boolean =>
  picture.hash === hash && pictureWidths(picture).includes(width) && pictureFormats(picture).includes(format)
