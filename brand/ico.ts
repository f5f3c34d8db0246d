const headerBytes = 6
const entryBytes = 16

/** PNG images of several sizes as one ICO file: a directory, then the images as they are. */
export function icoOf(sizes: readonly number[], images: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(headerBytes + entryBytes * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [i, image] of images.entries()) {
    const at = headerBytes + entryBytes * i
    header.writeUInt8(sizes[i] ?? 0, at)
    header.writeUInt8(sizes[i] ?? 0, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(image.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += image.length
  }
  return Buffer.concat([header, ...images])
}
