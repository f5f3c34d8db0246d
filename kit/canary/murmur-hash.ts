const MULTIPLIER = 0x5bd1e995

/**
 * MurmurHash2 of 32 bits with seed 0, unsigned: what nginx's split_clients takes of a text.
 * The algorithm is Austin Appleby's: https://github.com/aappleby/smhasher/blob/master/src/MurmurHash2.cpp
 */
export function murmurHash2(bytes: Buffer): number {
  const words = bytes.length - (bytes.length % 4)
  let hash = bytes.length
  for (let at = 0; at < words; at += 4) hash = times(hash) ^ mixed(bytes.readUInt32LE(at))
  if (words < bytes.length) hash = times(hash ^ bytes.readUIntLE(words, bytes.length - words))
  hash = times(hash ^ (hash >>> 13))
  return (hash ^ (hash >>> 15)) >>> 0
}

function mixed(word: number): number {
  const product = times(word)
  return times(product ^ (product >>> 24))
}

const times = (value: number): number => Math.imul(value, MULTIPLIER)
