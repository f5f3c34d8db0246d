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
  const origin = URL.parse(req.get('origin') ?? '')
  return origin !== null && origin.host === req.host
}
