const longestSeconds = 24 * 3600

/**
 * Whole seconds that a Retry-After header asks for, as a number or an HTTP date (RFC 9110, 10.2.3), a day at most;
 * undefined when it says nothing.
 */
export function retryAfterSeconds(header: unknown, now = Date.now()): number | undefined {
  if (typeof header !== 'string') return undefined
  const seconds = /^\d{1,10}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 0), longestSeconds)
}
