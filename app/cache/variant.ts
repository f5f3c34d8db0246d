import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Encoding, encodings } from './encodings.ts'

/** One finished answer: the bytes of a page in one encoding, and what its headers say. */
export interface Variant {
  readonly body: Buffer
  readonly encoding: Encoding
  readonly etag: string
  readonly cacheControl: string
  /** Media type of the body. */
  readonly contentType: string
}

export type Variants = { readonly [Name in Encoding]: Variant }

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

// A page is compressed once a release, while its first visitor waits: 6 keeps that at a millisecond or two.
const brotliQuality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }

const htmlType = 'text/html; charset=utf-8'

/** Compresses a page in each encoding; the ETags differ, as RFC 9110 8.8.3 asks of different bytes. */
export async function compress(
  text: string,
  cacheControl: string,
  contentType = htmlType,
): Promise<Variants> {
  const identity = Buffer.from(text)
  const [br, gz] = await Promise.all([brotli(identity, brotliQuality), gzipped(identity)])
  const bodies = { br, gzip: gz, identity }
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
  const variants = encodings.map((encoding) => [
    encoding,
    { body: bodies[encoding], encoding, etag: `"${hash}-${encoding}"`, cacheControl, contentType },
  ])
  return Object.fromEntries(variants) as Variants
}
