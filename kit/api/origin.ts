import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Origin } from './audit.ts'

/** Where a request comes from; it keeps the id that a proxy gave it. */
export function originOf({ headers, socket }: IncomingMessage): Origin {
  const given = headers['x-request-id']
  const forwarded = headers['x-forwarded-for']
  const behalf = headers['x-on-behalf-of']
  return {
    address: socket.remoteAddress ?? '',
    ...(typeof forwarded === 'string' && { forwarded: forwarded.slice(0, 200) }),
    ...(typeof behalf === 'string' && /^[A-Za-z0-9][\w.@-]{0,63}$/.test(behalf) && { behalf }),
    request: typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID(),
  }
}
