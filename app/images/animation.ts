/** Whether an image file holds more than one picture; `type` is its format. */
export function isAnimated(type: string, bytes: Buffer): boolean {
  if (type === 'gif') return framesOfGif(bytes) > 1
  if (type === 'png') return bytes.subarray(0, Math.max(0, bytes.indexOf('IDAT'))).includes('acTL')
  if (type === 'webp') return bytes.toString('latin1', 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 2) !== 0
  return type === 'avif' && bytes.toString('latin1', 8, 12) === 'avis'
}

const imageBlock = 0x2c
const extensionBlock = 0x21

/** Counts to two. */
function framesOfGif(bytes: Buffer): number {
  let frames = 0
  let at = 13 + tableLength(bytes[10])
  while (frames < 2) {
    if (bytes[at] === imageBlock) {
      frames++
      at = endOfBlocks(bytes, at + 11 + tableLength(bytes[at + 9]))
    } else if (bytes[at] === extensionBlock) at = endOfBlocks(bytes, at + 2)
    else return frames
  }
  return frames
}

/** The length of the colour table that these flags announce. */
const tableLength = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

function endOfBlocks(bytes: Buffer, start: number): number {
  let at = start
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += length + 1
  return at + 1
}
