import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'

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
  lines(): Iterator<string>
  text(page: number): string
  close(): void
}

interface Head {
  readonly key: string
  readonly titles: readonly string[]
  readonly indexLength: number
  /** Of each page, in bytes. */
  readonly lengths: readonly number[]
}

// Layout: magic, crc32 of head and index, length of the head, head (JSON), index (lines), texts.
const magic = 'dogfood-search-1'
const prefixLength = 24

export interface IndexParts {
  readonly key: string
  readonly titles: readonly string[]
  readonly lines: Iterable<string>
  readonly texts: readonly Buffer[]
}

/** The parts of an index as the bytes of one file. */
export function encodeIndex({ key, titles, lines, texts }: IndexParts): Buffer {
  const index = Buffer.concat([...lines].map((line) => Buffer.from(`${line}\n`)))
  const lengths = texts.map(({ length }) => length)
  const head = Buffer.from(JSON.stringify({ key, titles, indexLength: index.length, lengths } satisfies Head))
  const prefix = Buffer.alloc(prefixLength)
  prefix.write(magic, 'latin1')
  prefix.writeUInt32LE(crc32(index, crc32(head)), 16)
  prefix.writeUInt32LE(head.length, 20)
  return Buffer.concat([prefix, head, index, ...texts])
}

/** The index in such bytes; undefined for anything else, and when it was made under another key. */
export function decodeIndex(bytes: Bytes, key: string): SavedIndex | undefined {
  const prefix = bytes.read(0, prefixLength)
  if (prefix.length < prefixLength) return undefined
  if (prefix.toString('latin1', 0, 16) !== magic) return undefined
  const headBytes = bytes.read(prefixLength, prefix.readUInt32LE(20))
  const indexFrom = prefixLength + headBytes.length
  const head = parsedHead(headBytes)
  if (head?.key !== key) return undefined
  let index: Buffer | undefined = bytes.read(indexFrom, head.indexLength)
  const starts = [indexFrom + head.indexLength]
  for (const length of head.lengths) starts.push((starts.at(-1) ?? 0) + length)
  const isWhole = starts.at(-1) === bytes.size && crc32(index, crc32(headBytes)) === prefix.readUInt32LE(16)
  if (!isWhole) return undefined
  return {
    titles: head.titles,
    lines() {
      const lines = linesOf(index ?? bytes.read(indexFrom, head.indexLength))
      index = undefined
      return lines
    },
    text: (page) => bytes.read(starts[page] ?? 0, head.lengths[page] ?? 0).toString(),
    close: () => bytes.close(),
  }
}

function parsedHead(bytes: Buffer): Head | undefined {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

function* linesOf(bytes: Buffer): Iterator<string> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    yield bytes.toString('utf8', from, end)
    from = end + 1
  }
}

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
