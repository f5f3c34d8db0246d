import { type DerivedFormat, derivedUrl, type Picture, pictureFormats, pictureWidths } from './picture.ts'

/** Attributes of an image as HTML has them: values are escaped. */
export type Attributes = Readonly<Record<string, string>>

/** The text's measure, see --measure in the stylesheet, for a root font of 16 px. */
export const measure = { rem: 37, pixels: 592 } as const

const types: Readonly<Record<DerivedFormat, string>> = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpg: 'image/jpeg',
  png: 'image/png',
}

/** An image as it is; `size` reserves its place where the author has not. */
export function imageHtml(src: string, attributes: Attributes, size?: readonly [number, number]): string {
  const { alt = '', loading = 'lazy', decoding = 'async', fetchpriority, srcset, sizes, ...rest } = attributes
  const { width, height, ...others } = size ? { ...rest, ...reserved(rest, size) } : rest
  const all = { alt, loading, decoding, fetchpriority, src, srcset, sizes, width, height, ...others }
  const written = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}="${value}"`,
  )
  return `<img ${written.join(' ')}>`
}

/** A picture in the formats and widths it is offered in; `url` is escaped. */
export function pictureHtml(url: string, picture: Picture, attributes: Attributes): string {
  const widths = pictureWidths(picture)
  const address = (format: DerivedFormat, width: number) =>
    derivedUrl(url, { hash: picture.hash, width, format })
  const srcset = (format: DerivedFormat) =>
    widths.map((width) => `${address(format, width)} ${width}w`).join(', ')
  const size = [picture.width, picture.height] as const
  const { width: shown } = reserved(attributes, size)
  const sizes = sizesFor(Number(shown) || picture.width)
  const sources = pictureFormats(picture)
    .slice(0, -1)
    .map((format) => `<source type="${types[format]}" srcset="${srcset(format)}" sizes="${sizes}">`)
  const plain = widths.findLast((width) => width <= 800) ?? widths[0] ?? picture.width
  const { fallback } = picture
  const image = imageHtml(address(fallback, plain), { ...attributes, srcset: srcset(fallback), sizes }, size)
  return `<picture>${sources.join('')}${image}</picture>`
}

/** How wide a picture is shown: as wide as itself or the text, and never wider than the screen. */
const sizesFor = (width: number): string =>
  width < measure.pixels
    ? `(min-width: ${width}px) ${width}px, 100vw`
    : `(min-width: ${measure.rem + 3}rem) ${measure.rem}rem, 100vw`

/** Both sides, so that nothing moves when the image arrives: the author's, and what follows from it. */
function reserved(
  { width, height }: Attributes,
  [fullWidth, fullHeight]: readonly [number, number],
): Attributes {
  if (width === undefined && height === undefined) return { width: `${fullWidth}`, height: `${fullHeight}` }
  const scaled = (value: string | undefined, by: number) =>
    value !== undefined && /^\d+$/.test(value) ? `${Math.round(Number(value) * by)}` : undefined
  const [w, h] = [
    width ?? scaled(height, fullWidth / fullHeight),
    height ?? scaled(width, fullHeight / fullWidth),
  ]
  return { ...(w !== undefined && { width: w }), ...(h !== undefined && { height: h }) }
}
