import { macOf } from '../signing/mac.ts'
import { clientNetwork } from './client-network.ts'
import type { LimitName } from './limits.ts'

/**
 * What a limit counts under: 128 bits of a keyed hash, so that whoever reads the store learns no address from it,
 * not even by trying all there are.
 */
export function limitKey(secret: string, limit: LimitName, key: string): string {
  const counted = limit.endsWith('by client') ? clientNetwork(key) : key
  return macOf(secret, limit, counted).toString('base64url').slice(0, 22)
}
