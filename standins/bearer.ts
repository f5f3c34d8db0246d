import { timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'

/** Whether a request carries this token. */
export function hasToken(req: Request, token: string): boolean {
  const given = Buffer.from(req.get('authorization') ?? '')
  const right = Buffer.from(`Bearer ${token}`)
  return given.length === right.length && timingSafeEqual(given, right)
}
