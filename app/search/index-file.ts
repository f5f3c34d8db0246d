import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { uint32s } from '../content/columns.ts'
import type { PostingColumns } from './postings.ts'
import type { Frame } from './search-index.ts'

/** Reads bytes at a place, from a file or from memory. */
export interface Bytes {
  readonly size: number
  read(from: number, length: number): Buffer
  close(): void
}

/** What a saved index consists of. The texts stay where they are until a hit needs one. */
export interface SavedIndex {
  /** The titles of the pages as they are compared. */
  readonly titles: readonly string[]
  readonly frame: Frame
  readonly columns: PostingColumns
  text(page: number): string
  close(): void
}

interface Head {
  readonly key: string
  readonly titles: readonly string[]
  readonly frame: Frame
  readonly fieldCount: number
  /** Checksum of the columns. */
  readonly sum: number
  /** Bytes of the columns: terms, counts, documents, frequencies. */
  readonly columns: readonly number[]
  /** Bytes of each page's text. */
  readonly texts: readonly number[]
}

// Layout: magic, crc32 of the head, its length, head (JSON), columns, texts.
const magic = 'dogfood-search-3'
const prefixLength = 24

export interface IndexParts {
  readonly key: string
  readonly titles: readonly string[]
  readonly frame: Frame
  readonly columns: PostingColumns
  readonly texts: readonly Buffer[]
}

/** The parts of an index as the bytes of one file. */
export function encodeIndex({ key, titles, frame, columns, texts }: IndexParts): Buffer {
  const { terms, fieldCount, counts, documents, frequencies } = columns
  const parts = [Buffer.from(terms.join('\n')), bytesOf(counts), bytesOf(documents), bytesOf(frequencies)]
  const head: Head = {
    ...{ key, titles, frame, fieldCount },
    sum: checksum(parts),
    columns: parts.map(({ length }) => length),
    texts: texts.map(({ length }) => length),
  }
  const headBytes = Buffer.from(JSON.stringify(head))
  const prefix = Buffer.alloc(prefixLength)
  prefix.write(magic, 'latin1')
  prefix.writeUInt32LE(crc32(headBytes), 16)
  prefix.writeUInt32LE(headBytes.length, 20)
  return Buffer.concat([prefix, headBytes, ...parts, ...texts])
}

/** The index in such bytes; undefined for anything else, and when it was made under another key. */
export function decodeIndex(bytes: Bytes, key: string): SavedIndex | undefined {
  const prefix = bytes.read(0, prefixLength)
  if (prefix.length < prefixLength || prefix.toString('latin1', 0, 16) !== magic) return undefined
  let at = prefixLength
  const take = (length: number) => {
    at += length
    return bytes.read(at - length, length)
  }
  const headBytes = take(prefix.readUInt32LE(20))
  if (crc32(headBytes) !== prefix.readUInt32LE(16)) return undefined
  const head: Head = JSON.parse(headBytes.toString())
  if (head.key !== key) return undefined
  const parts = head.columns.map(take)
  const starts = [at]
  for (const length of head.texts) starts.push((starts.at(-1) ?? 0) + length)
  const isWhole = starts.at(-1) === bytes.size && checksum(parts) === head.sum
  const [terms, counts, documents, frequencies] = parts
  if (!isWhole || !terms || !counts || !documents || !frequencies) return undefined
  return {
    titles: head.titles,
    frame: head.frame,
    columns: {
      terms: terms.length === 0 ? [] : terms.toString().split('\n'),
      fieldCount: head.fieldCount,
      counts: uint32s(counts),
      documents: uint32s(documents),
      frequencies,
    },
    text: (page) => bytes.read(starts[page] ?? 0, head.texts[page] ?? 0).toString(),
    close: () => bytes.close(),
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

const checksum = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => crc32(part, sum), 0)

export const bytesInMemory = (bytes: Buffer): Bytes => ({
  size: bytes.length,
  read: (from, length) => bytes.subarray(from, from + length),
  close: () => {},
})

/** A file that stays open, so that it can be read even when it is replaced; undefined when there is none. */
export function bytesOfFile(path: string): Bytes | undefined {
  try {
    const file = openSync(path, 'r')
    const read = (from: number, length: number) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - from)))
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from))
    }
    const { size } = fstatSync(file)
    return { size, read, close: () => closeSync(file) }
  } catch {
    return undefined
  }
}
