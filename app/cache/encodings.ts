import type { IncomingMessage } from 'node:http'
import Negotiator from 'negotiator'

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

// Since negotiator 1.0; its published types are of 0.6.
type WithPreference = {
  encoding(available: readonly string[], options: { preferred: readonly string[] }): string | undefined
}

// Browsers send a handful of different values, so a small memory answers nearly all; it is emptied
// when somebody sends many.
const remembered = new Map<string, Encoding>()
const mostRemembered = 100

/** The encoding a visitor prefers, by quality first and by size where they are equal (RFC 9110, 12.5.3). */
export function encodingFor(req: IncomingMessage): Encoding {
  const accepted = req.headers['accept-encoding'] ?? ''
  const known = remembered.get(accepted)
  if (known) return known
  const negotiator: WithPreference = new Negotiator(req)
  const best = negotiator.encoding(encodings, { preferred: encodings }) ?? 'identity'
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(accepted, best as Encoding)
  return best as Encoding
}
