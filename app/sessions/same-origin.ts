import type { Request, RequestHandler } from 'express'
import { SiteError } from '../errors.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that changes something unless it came from our own pages. Browsers say where it came
 * from in Sec-Fetch-Site; older ones only in Origin. Needs no token in a page, so pages stay cacheable.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export const sameOriginOnly: RequestHandler = (req, _res, next) => {
  if (safeMethods.has(req.method) || fromOurPages(req)) return next()
  next(
    new SiteError(
      'forbidden',
      `${req.method} from ${req.get('sec-fetch-site') ?? req.get('origin') ?? 'nowhere'}`,
    ),
  )
}

function fromOurPages(req: Request): boolean {
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return namesHost(req.get('origin') ?? '', req.host)
}

/** Whether it is an origin as browsers write it (RFC 6454, 7), without a user or a path, and of that host and port. */
function namesHost(origin: string, host = ''): boolean {
  const url = URL.parse(origin)
  return url !== null && url.origin === origin.toLowerCase() && url.host === host.toLowerCase()
}
