import { createHmac } from 'node:crypto'
import { hashedName } from '../../compile/names.ts'

/**
 * Name of the Swarm secret for a content. The hash is keyed with what only the app's swarm knows, so that nobody
 * finds a weak secret by hashing guesses. A content that comes back after another one needs another name: what is newest
 * counts, and the old one cannot be changed.
 */
export function secretName(
  stack: string,
  name: string,
  content: Uint8Array,
  salt: string,
  taken: ReadonlySet<string>,
): string {
  for (let round = 0; ; round++) {
    const hash = createHmac('sha256', salt)
      .update(content)
      .update(round === 0 ? '' : `\0${round}`)
    const candidate = hashedName(stack, name, hash.digest('hex').slice(0, 12))
    if (!taken.has(candidate)) return candidate
  }
}

/** Whether a version holds just this content. */
export const holds = (
  version: string,
  stack: string,
  name: string,
  content: Uint8Array,
  salt: string,
  versions: number,
): boolean => {
  const taken = new Set<string>()
  for (let round = 0; round <= versions; round++) {
    const candidate = secretName(stack, name, content, salt, taken)
    if (candidate === version) return true
    taken.add(candidate)
  }
  return false
}
