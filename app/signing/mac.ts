import { createHmac, timingSafeEqual } from 'node:crypto'

/** HMAC-SHA256 of a text for one purpose: what is signed for one never passes for what is signed for another. */
export const macOf = (secret: string, purpose: string, text: string): Buffer =>
  createHmac('sha256', secret).update(`${purpose}\n${text}`).digest()

/** Compares in a time that does not tell where the two differ. */
export function isSame(right: string | Buffer, given: string | Buffer): boolean {
  const [one, other] = [Buffer.from(right), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
