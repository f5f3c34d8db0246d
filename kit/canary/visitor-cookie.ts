import { createHash, timingSafeEqual } from 'node:crypto'

/** What a visitor's cookie looks like; the text serves nginx's maps and JavaScript, the names are variables in nginx. */
export const visitorCookiePattern = '^(?<visitor_id>[0-9a-f]{32})[.](?<visitor_signature>[A-Za-z0-9_-]{22})$'

const cookie = new RegExp(visitorCookiePattern)

/** The cookie of a visitor: `<id>.<signature>`, the id of 32 hex digits as nginx's $request_id has them. */
export const visitorCookie = (id: string, secret: string): string =>
  `${id}.${digest(id, secret).toString('base64url')}`

/** The id in a cookie; undefined where its form or its signature is wrong. */
export function visitorIdIn(value: string, secret: string): string | undefined {
  const { visitor_id: id, visitor_signature: signature } = cookie.exec(value)?.groups ?? {}
  if (id === undefined || signature === undefined) return undefined
  // The bytes, as nginx compares those: the last character of the text has four bits to spare.
  return timingSafeEqual(Buffer.from(signature, 'base64url'), digest(id, secret)) ? id : undefined
}

/**
 * As nginx checks it by itself with `secure_link_md5 "$visitor_id SECRET"`:
 * https://nginx.org/en/docs/http/ngx_http_secure_link_module.html#secure_link_md5
 * MD5 is good enough here: who forges a cookie gets into another bucket, and so does who deletes it.
 */
const digest = (id: string, secret: string): Buffer => createHash('md5').update(`${id} ${secret}`).digest()
