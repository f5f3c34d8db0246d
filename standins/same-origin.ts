import type { Request, RequestHandler } from 'express'

/**
 * Lets only our own page send its forms: whoever can open this page in a browser has other pages open too.
 * A call with JSON needs no such look, as a browser asks before it sends one to another origin.
 */
export const sameOriginOnly: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD' || fromOurPage(req)) return next()
  res.status(403).type('text/plain').send('This form has to be sent from the page of the stand-ins.\n')
}

function fromOurPage(req: Request): boolean {
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = URL.parse(req.get('origin') ?? '')
  return origin !== null && origin.host === req.get('host')
}
