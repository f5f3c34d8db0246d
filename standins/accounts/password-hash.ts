import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

// Cheap enough for tests that make hundreds of accounts; a real system takes 2 ** 17.
const cost = 2 ** 12
const blockSize = 8
const keyBytes = 32

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize(), salt, keyBytes, { N: cost, r: blockSize, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )

/** `scrypt$N$r$p$salt$hash`, the last two as base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return ['scrypt', cost, blockSize, 1, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether this is the password of a hash that hashPassword made. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split('$').slice(-2)
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, 'base64url')),
    Buffer.from(key, 'base64url'),
  )
}
