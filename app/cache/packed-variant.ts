import { crc32 } from 'node:zlib'
import type { Encoding } from './encodings.ts'
import type { Variant } from './variant.ts'

const checksumBytes = 4
const lengthBytes = 2
const prefixBytes = checksumBytes + lengthBytes

/** A variant as bytes: CRC-32 of the rest, length of the head, head as JSON, body. */
export function packVariant({ body, etag, cacheControl, contentType }: Variant): Buffer {
  const head = Buffer.from(JSON.stringify({ etag, cacheControl, contentType }))
  const packed = Buffer.allocUnsafe(prefixBytes + head.length + body.length)
  packed.writeUInt16BE(head.length, checksumBytes)
  head.copy(packed, prefixBytes)
  body.copy(packed, prefixBytes + head.length)
  packed.writeUInt32BE(crc32(packed.subarray(checksumBytes)))
  return packed
}

/** The variant again, or undefined for bytes that `packVariant` did not make. */
export function unpackVariant(packed: Buffer, encoding: Encoding): Variant | undefined {
  if (packed.length < prefixBytes) return undefined
  if (packed.readUInt32BE() !== crc32(packed.subarray(checksumBytes))) return undefined
  const bodyStart = prefixBytes + packed.readUInt16BE(checksumBytes)
  const { etag, cacheControl, contentType } = JSON.parse(packed.toString('utf8', prefixBytes, bodyStart))
  return { body: packed.subarray(bodyStart), encoding, etag, cacheControl, contentType }
}
