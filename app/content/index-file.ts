import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** Named columns of bytes: what is needed is decoded when it is needed. */
export type Columns = ReadonlyMap<string, Buffer>

// Layout: magic, crc32 of all that follows the crc, length of the header, header (JSON: name and length of each
// column), columns. Each part begins at a multiple of 8 bytes, so that numbers are read in place.
const magic = 'dogfood-content1'
const prefixLength = 24

const padded = (length: number): number => Math.ceil(length / 8) * 8

/** Columns as the bytes of one file. */
export function encodeColumns(columns: Columns): Buffer {
  const header = Buffer.from(JSON.stringify([...columns].map(([name, bytes]) => [name, bytes.length])))
  const lengths = [header.length, ...[...columns.values()].map(({ length }) => length)]
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + padded(length), prefixLength))
  bytes.write(magic, 'latin1')
  bytes.writeUInt32LE(header.length, 20)
  let offset = prefixLength
  for (const part of [header, ...columns.values()]) {
    part.copy(bytes, offset)
    offset += padded(part.length)
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(20)), 16)
  return bytes
}

/** The columns in such bytes; undefined for anything else. */
function decodeColumns(bytes: Buffer): Columns | undefined {
  if (bytes.length < prefixLength || bytes.toString('latin1', 0, 16) !== magic) return undefined
  if (bytes.readUInt32LE(16) !== crc32(bytes.subarray(20))) return undefined
  const headerLength = bytes.readUInt32LE(20)
  const header = JSON.parse(bytes.toString('utf8', prefixLength, prefixLength + headerLength)) as [
    string,
    number,
  ][]
  const columns = new Map<string, Buffer>()
  let offset = prefixLength + padded(headerLength)
  for (const [name, length] of header) {
    columns.set(name, bytes.subarray(offset, offset + length))
    offset += padded(length)
  }
  return columns
}

/** Reads a saved file of columns; undefined when there is none that can be used. */
export function loadColumns(path: string): Columns | undefined {
  try {
    return decodeColumns(readFileSync(path))
  } catch {
    return undefined
  }
}
