import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Drawing, readDrawing } from '../images/drawing.ts'
import type { Picture } from '../images/picture.ts'
import { readImage } from '../images/read-image.ts'
import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import { readFrontMatter } from './front-matter.ts'
import { decode, errorAt, hashOf, limits, splitSource } from './source.ts'
import { kindOf, type Layout } from './url.ts'
import { parseYaml } from './yaml.ts'

/** What one file holds, as far as it can be told from that file alone: saved, and read again only when the file changes. */
export interface FileRecord {
  faults: readonly Fault[]
  entry?: PageEntry
  draft?: boolean
  /** The value of a data file. */
  data?: unknown
  /** Width and height of an image in pixels. */
  size?: readonly [number, number]
  /** Of a picture that is offered in several sizes: the format of its plain derivative. */
  fallback?: Picture['fallback']
  /** An SVG that becomes part of the pages that show it. */
  drawing?: Drawing
}

/** Reads one file; `hash` is 32 hexadecimal digits of its bytes, all zero when it could not be read. */
export function readRecord(
  dir: string,
  file: string,
  size: number,
  layout: Layout,
): { hash: string; record: FileRecord } {
  const kind = kindOf(file, layout) ?? 'media'
  const limit = kind === 'page' || kind === 'post' ? limits.markdown : limits[kind]
  if (size > limit) return { hash: hashOf(String(size)), record: { faults: [tooBig(file, size, limit)] } }
  let bytes: Buffer
  try {
    bytes = readFileSync(join(dir, file))
  } catch (error) {
    const what = `this file cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`
    return {
      hash: '0'.repeat(32),
      record: { faults: [errorAt(file, 1, 1, what, 'check that the site may read it')] },
    }
  }
  const record = kind === 'media' ? readMedia(file, bytes) : readText(kind, file, bytes, layout)
  return { hash: hashOf(bytes), record }
}

function readText(kind: 'page' | 'post' | 'data', file: string, bytes: Buffer, layout: Layout): FileRecord {
  const text = decode(file, bytes)
  if (typeof text !== 'string') return { faults: [text] }
  if (kind === 'data') {
    const parsed = parseYaml(file, text)
    return 'fault' in parsed ? { faults: [parsed.fault] } : { faults: [], data: parsed.value ?? null }
  }
  const source = splitSource(file, text)
  if ('what' in source) return { faults: [source] }
  const parsed = parseYaml(file, source.yaml, source.yamlLine)
  if (!('fault' in parsed)) return readFrontMatter({ file, layout, kind }, source, parsed.value)
  if (layout === 'site' || /^draft:/m.test(source.yaml)) return { faults: [parsed.fault] }
  const without = readFrontMatter({ file, layout, kind }, source, undefined)
  return { ...without, faults: [{ ...parsed.fault, severity: 'warning' }, ...without.faults] }
}

function readMedia(file: string, bytes: Buffer): FileRecord {
  if (/\.pdf$/i.test(file)) return { faults: [] }
  const image = readImage(bytes)
  if ('what' in image) return { faults: [errorAt(file, 1, 1, image.what, image.fix)] }
  const { drawing, faults = [] } = /\.svg$/i.test(file) ? (readDrawing(bytes) ?? {}) : {}
  return { faults: faults.map((fault) => ({ file, ...fault })), ...image, ...(drawing && { drawing }) }
}

const tooBig = (file: string, size: number, limit: number): Fault =>
  errorAt(
    file,
    1,
    1,
    `this file has ${Math.ceil(size / 1024)} kB, over the limit of ${limit / 1024} kB`,
    'split it up or shrink it',
  )
