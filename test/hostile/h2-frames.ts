const HEADERS = 1
const CONTINUATION = 9
const END_STREAM = 1
const END_HEADERS = 4

export type Field = readonly [name: string, value: string]

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/** One frame of HTTP/2 (RFC 9113, section 4.1). */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** What a client says first: the preface and empty settings. */
export const hello = (): Buffer => Buffer.concat([PREFACE, frame(4, 0, 0)])

/** Fields as literals that enter no table, unencoded (RFC 7541, section 6.2.2): any byte can be sent so. */
export function fieldBlock(fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.flatMap((field) => [Buffer.from([0]), ...field.flatMap(literal)]))
}

function literal(text: string): Buffer[] {
  const bytes = Buffer.from(text, 'latin1')
  return [length(bytes.length), bytes]
}

/** An integer with a prefix of 7 bits (RFC 7541, section 5.1). */
function length(value: number): Buffer {
  if (value < 127) return Buffer.from([value])
  const bytes = [127]
  for (let rest = value - 127; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}

export const headers = (stream: number, fields: readonly Field[], more = false): Buffer =>
  frame(HEADERS, END_HEADERS | (more ? 0 : END_STREAM), stream, fieldBlock(fields))

/** Headers that go on in CONTINUATION frames, and never end. */
export const endlessHeaders = (stream: number, fields: readonly Field[]): Buffer =>
  frame(HEADERS, END_STREAM, stream, fieldBlock(fields))

export const continuation = (stream: number, fields: readonly Field[]): Buffer =>
  frame(CONTINUATION, 0, stream, fieldBlock(fields))

export const data = (stream: number, text: string): Buffer =>
  frame(0, END_STREAM, stream, Buffer.from(text, 'latin1'))

export const reset = (stream: number): Buffer => frame(3, 0, stream, Buffer.from([0, 0, 0, 8]))
export const ping = (): Buffer => frame(6, 0, 0, Buffer.alloc(8))
export const settings = (): Buffer => frame(4, 0, 0)

/** What the other side made of stream 1: a status, or how it ended. */
export function outcome(text: string): number | 'reset' | 'goaway' | 'nothing' {
  const bytes = Buffer.from(text, 'latin1')
  let end: 'reset' | 'goaway' | 'nothing' = 'nothing'
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    const type = bytes.readUInt8(at + 3)
    if (type === HEADERS) return statusOf(bytes.subarray(at + 9))
    // A connection that ends without an error code has been served.
    if (type === 3) end = 'reset'
    if (type === 7 && bytes.readUInt32BE(at + 13) !== 0) end = 'goaway'
  }
  return end
}

// The static table has an entry for some statuses (RFC 7541, appendix A); nginx writes others as three digits.
const INDEXED: Readonly<Record<number, number>> = {
  136: 200,
  137: 204,
  139: 304,
  140: 400,
  141: 404,
  142: 500,
}

const statusOf = (block: Buffer): number => {
  const start = block.findIndex((byte) => byte < 32 || byte >= 64)
  return INDEXED[block.readUInt8(start)] ?? Number(block.toString('latin1', start + 2, start + 5))
}
