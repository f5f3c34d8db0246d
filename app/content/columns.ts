/** Texts one after the other, with the offset of each: one can be read without the others. */
export interface TextColumn {
  bytes: Buffer
  /** One more than there are texts. */
  offsets: Uint32Array
}

export function textColumn(texts: readonly string[]): TextColumn {
  const parts = texts.map((text) => Buffer.from(text))
  const offsets = new Uint32Array(parts.length + 1)
  for (const [i, part] of parts.entries()) offsets[i + 1] = (offsets[i] ?? 0) + part.length
  return { bytes: Buffer.concat(parts), offsets }
}

export const textAt = ({ bytes, offsets }: TextColumn, i: number): string =>
  bytes.toString('utf8', offsets[i], offsets[i + 1])

/** The number of a text among sorted texts; -1 when it is not there. */
export function searchText({ bytes, offsets }: TextColumn, text: string): number {
  const wanted = Buffer.from(text)
  let low = 0
  let high = offsets.length - 2
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = bytes.compare(wanted, 0, wanted.length, offsets[middle], offsets[middle + 1])
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}

export const uint32s = (bytes: Buffer): Uint32Array => new Uint32Array(...aligned(bytes, 4))
export const float64s = (bytes: Buffer): Float64Array => new Float64Array(...aligned(bytes, 8))

export const bytesOf = (numbers: Uint32Array | Float64Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)

// Small files are read into a shared pool, at any offset.
function aligned(bytes: Buffer, width: number): [ArrayBuffer, number, number] {
  const at = bytes.byteOffset % width === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer)
  return [at.buffer as ArrayBuffer, at.byteOffset, Math.floor(bytes.length / width)]
}
