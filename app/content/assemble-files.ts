import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pictureHash } from '../images/picture.ts'
import type { MediaFile, SiteFault, SiteInput } from './assemble.ts'
import type { PageEntry } from './entry.ts'
import type { FileRecord } from './record.ts'
import { decode, errorAt, keyLine, splitSource } from './source.ts'
import { kindOf, urlOfFile } from './url.ts'

/** The values of data files by name. */
export function collectData({ scan, records }: SiteInput, faults: SiteFault[]): Record<string, unknown> {
  const data = new Map<string, { value: unknown; file: string }>()
  for (const [number, record] of records.entries()) {
    const file = scan.files[number] ?? ''
    if (kindOf(file, scan.layout) !== 'data') continue
    faults.push(...record.faults)
    const name = file.slice('data/'.length).replace(/\.ya?ml$/i, '')
    const same = data.get(name)
    if (same)
      faults.push(errorAt(file, 1, 1, `data.${name} is already ${same.file}`, 'rename one of the two'))
    else if (record.data !== undefined) data.set(name, { value: record.data, file })
  }
  return Object.fromEntries([...data].map(([name, { value }]) => [name, value]))
}

/** Images and downloads by URL. */
export function collectMedia(
  { scan, records, hashes }: SiteInput,
  faults: SiteFault[],
): Record<string, MediaFile> {
  const media: [string, MediaFile][] = []
  for (const [number, record] of records.entries()) {
    const file = scan.files[number] ?? ''
    if (kindOf(file, scan.layout) !== 'media') continue
    faults.push(...record.faults)
    if (record.faults.some(({ severity }) => severity === 'error')) continue
    media.push([urlOfFile(file, scan.layout), mediaFile(file, record, hashes[number] ?? '')])
  }
  return Object.fromEntries(media)
}

function mediaFile(file: string, { size, fallback, drawing }: FileRecord, hash: string): MediaFile {
  if (!size) return { file }
  if (drawing) return { file, size, drawing }
  const [width, height] = size
  return { file, size, ...(fallback && { picture: { hash: pictureHash(hash), width, height, fallback } }) }
}

/** Whether the images that front matter names are there. */
export function checkImages(
  { dir }: SiteInput,
  entries: readonly PageEntry[],
  media: Record<string, MediaFile>,
  faults: SiteFault[],
) {
  for (const { file, url, image } of entries) {
    if (!image?.startsWith('/') || image.startsWith('//') || image.startsWith('/static/') || media[image])
      continue
    const fix = 'put it in images/ and write its path'
    faults.push({ ...errorAt(file, lineOf(dir, file, 'image'), 1, `there is no image ${image}`, fix), url })
  }
}

/** The line of a key in a file's front matter. */
export function lineOf(dir: string, file: string, key: string): number {
  const text = decode(file, readFileSync(join(dir, file)))
  const source = typeof text === 'string' ? splitSource(file, text) : text
  return 'what' in source ? 1 : keyLine(source, key)
}
