import { createHash } from 'node:crypto'
import { isSame, macOf } from '../signing/mac.ts'

/** What a mailed link opens with. */
export interface LinkToken {
  /** Hash of the token's id, the only trace of it that is stored. */
  readonly hash: string
  /** ms since 1970. */
  readonly expires: number
}

/** A link lives for a week. */
export const linkLifetimeMilliseconds = 7 * 24 * 3600 * 1000

const tokenForm = /^([\w-]{43})\.([0-9a-z]{8,9})\.([\w-]{43})$/

const mac = (secret: string, purpose: string, text: string): string =>
  macOf(secret, purpose, text).toString('base64url')

/**
 * The token of the link that a task mails: an id of 256 bits, when it expires, and a signature. It is derived from
 * the task, so that the task, done again after a crash, mails the same link; without the secret nobody can guess it.
 */
export function makeLinkToken(
  secret: string,
  taskId: string,
  expires: number,
): LinkToken & { token: string } {
  const id = mac(secret, 'link id', taskId)
  const payload = `${id}.${expires.toString(36)}`
  return { token: `${payload}.${mac(secret, 'link', payload)}`, hash: hashOf(id), expires }
}

/** What is in a token that one of the secrets signed and that has not expired; undefined for any other text. */
export function readLinkToken(secrets: readonly string[], token: string, now: number): LinkToken | undefined {
  const [, id = '', expiry = '', signature = ''] = tokenForm.exec(token) ?? []
  const payload = `${id}.${expiry}`
  const signed = secrets.map((secret) => isSame(mac(secret, 'link', payload), signature)).includes(true)
  const expires = Number.parseInt(expiry, 36)
  return signed && expires > now ? { hash: hashOf(id), expires } : undefined
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('base64url')
