import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

interface Cost {
  /** Doubling it doubles time and memory. */
  readonly N: number
  readonly r: number
  readonly p: number
}

/** What OWASP's Password Storage Cheat Sheet asks of scrypt at the least; 128 MiB a password. */
const standardCost: Cost = { N: 2 ** 17, r: 8, p: 1 }
const saltBytes = 16
const keyBytes = 32

export const shortestPassword = 12

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

// Node's own limit of 32 MiB is below what the cost needs: https://nodejs.org/api/crypto.html#cryptoscryptpassword-salt-keylen-options-callback
const deriveKey = (password: string, salt: Buffer, length: number, cost: Cost): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, length, { ...cost, maxmem: 256 * cost.N * cost.r })

/** `scrypt$N$r$p$salt$hash`, the last two as base64url. */
export async function hashPassword(password: string, cost = standardCost): Promise<string> {
  const salt = randomBytes(saltBytes)
  const key = await deriveKey(password, salt, keyBytes, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether the password has this hash; the time it takes depends on the hash's cost alone. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = hash.split('$')
  const expected = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const given = await deriveKey(password, Buffer.from(salt, 'base64url'), expected.length, cost)
  return timingSafeEqual(given, expected)
}
