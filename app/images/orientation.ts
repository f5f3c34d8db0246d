/** Whether an image lies on its side and is turned to be seen, where `image-size` does not tell. */
export function isTurned(type: string, bytes: Buffer): boolean {
  if (type === 'avif') {
    const at = bytes.indexOf('irot')
    return at >= 0 && ((bytes[at + 4] ?? 0) & 1) === 1
  }
  const exif = type === 'png' ? chunkOfPng(bytes) : type === 'webp' ? chunkOfWebp(bytes) : undefined
  // EXIF orientations from 5 on lie on their side.
  return exif !== undefined && orientationOf(exif) >= 5
}

function chunkOfPng(bytes: Buffer): Buffer | undefined {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'eXIf') return bytes.subarray(at + 8, at + 8 + length)
    at += length + 12
  }
  return undefined
}

function chunkOfWebp(bytes: Buffer): Buffer | undefined {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (bytes.toString('latin1', at, at + 4) === 'EXIF')
      return data.toString('latin1', 0, 4) === 'Exif' ? data.subarray(6) : data
    at += length + (length % 2) + 8
  }
  return undefined
}

const orientationTag = 0x0112

/** The orientation in EXIF data, 1 when it does not say. */
function orientationOf(exif: Buffer): number {
  try {
    const isLittle = exif.toString('latin1', 0, 2) === 'II'
    const short = (at: number) => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at))
    const start = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4)
    for (let i = 0; i < short(start); i++) {
      const at = start + 2 + i * 12
      if (short(at) === orientationTag) return short(at + 8)
    }
  } catch {
    // It ends where it says that it goes on.
  }
  return 1
}
