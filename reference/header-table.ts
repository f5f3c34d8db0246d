import type { PageCacheResult } from '../app/cache/page-cache.ts'

export interface HeaderMeaning {
  /** Which answers carry it. */
  readonly on: string
  readonly meaning: string
}

/** Every header that the application sets itself; the tests compare them with its answers. */
export const applicationHeaders: Readonly<Record<string, HeaderMeaning>> = {
  'Cache-Control': { on: 'every answer', meaning: 'Who may keep the answer, and how long; see below.' },
  ETag: {
    on: 'pages and pictures',
    meaning: 'Hash of the bytes. A browser that sends it back in `If-None-Match` gets 304 without a body.',
  },
  Vary: {
    on: 'public pages and search, redirects apart',
    meaning: '`Accept-Encoding`: each encoding of a page is a text of its own for caches.',
  },
  'X-Page-Cache': {
    on: 'pages and errors',
    meaning: 'Where the page came from; see below.',
  },
  'Server-Timing': {
    on: 'public pages',
    meaning: 'Which cache, instance and release served the page, readable for scripts of the page itself.',
  },
  'Content-Encoding': {
    on: 'public pages and search',
    meaning: '`br` or `gzip`, whichever the browser likes better.',
  },
  'Content-Type': { on: 'answers with a body', meaning: 'Media type, and `utf-8` for text.' },
  'Content-Length': { on: 'answers of a known length', meaning: 'Bytes of the body, as they are sent.' },
  Location: {
    on: 'redirects',
    meaning: '301 to where a page has moved, 308 to the one way to write its address, 303 after a form.',
  },
  Allow: { on: '`405`', meaning: 'The methods that the address takes.' },
  'Retry-After': { on: '`503`', meaning: 'Seconds to wait before another try.' },
  'Set-Cookie': {
    on: 'private pages',
    meaning:
      'The session, with `HttpOnly` and `SameSite=Lax`. Over TLS it is `Secure` and its name begins with `__Host-`.',
  },
  'Accept-Ranges': {
    on: 'pictures and files',
    meaning: '`bytes`: a download can go on where it was cut off.',
  },
  'Last-Modified': {
    on: 'files at the root',
    meaning: 'When the file changed; only where no nginx serves it.',
  },
  'X-Robots-Tag': { on: '`/search.json`', meaning: '`noindex`: it is no page that anybody should find.' },
  'X-Accel-Expires': {
    on: 'answers that are the same for everybody',
    meaning:
      'Seconds that the cache of nginx keeps the answer; only for nginx, which does not pass it on. Never sent with ' +
      '`LIVE_RELOAD`, where each save has to show.',
  },
  'X-Accel-Buffering': { on: '`/_live`', meaning: '`no`: proxies pass each event on at once.' },
}

/** Headers that Node writes into any answer. */
export const transportHeaders: readonly string[] = ['Connection', 'Date', 'Keep-Alive', 'Transfer-Encoding']

/** What each kind of answer tells caches; the tests ask for each. */
export const cacheControls = {
  'a page, with the seconds of its route': 'public, max-age=0, s-maxage=300',
  'a redirect to another address': 'public, max-age=0, s-maxage=60',
  'an address that nobody has': 'public, max-age=0, s-maxage=5',
  'a private page, a search, and every other error': 'private, no-store',
  'a file of `/static`': 'public, max-age=31536000, immutable',
  'a picture of the content': 'public, max-age=300',
  'a file at the root': 'public, max-age=86400',
  'health and live reload, and what a cache for all must not ask for': 'no-store',
} as const

/** The values of X-Page-Cache. */
export const pageCacheResults: { readonly [Result in PageCacheResult]: string } = {
  memory: 'From the memory of the instance that answered.',
  redis: 'From rediscache, where some instance had put it.',
  render: 'Rendered for this request, and kept from now on.',
  bypass: 'Not looked for: private pages, searches, redirects and errors.',
}

/** The values of X-Front-Cache. */
export const frontCacheResults: Readonly<Record<string, string>> = {
  HIT: 'From the cache of nginx, not older than five seconds.',
  MISS: 'Asked of the application, as the cache had no copy.',
  STALE: 'From the cache, older than that: the application is asked for a new copy meanwhile, or fails.',
  UPDATING: 'The same, while the application is already being asked on behalf of another visitor.',
  BYPASS: 'Asked of the application without a look into the cache: private pages, searches, forms.',
}

/** What the headers of nginx/conf/common-headers.conf and policy-over-tls.conf are for. */
export const securityMeanings: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    'What a page may load and run: files of the site, nothing inline, nothing from elsewhere. Below `/admin/queue` it ' +
    'is another, as the scripts of bull-board know no trusted types.',
  'Strict-Transport-Security': 'The browser uses TLS for this host and those below it from now on.',
  'X-Content-Type-Options': 'A file is what its type says, never what its bytes look like.',
  'X-Frame-Options': 'No other page shows this one in a frame; for browsers without `frame-ancestors`.',
  'Referrer-Policy':
    'Nobody learns more than the site that a visitor came from, as an address can hold a token.',
  'Permissions-Policy': 'What no page of the site may use, not even after asking.',
  'Cross-Origin-Opener-Policy': 'A page that opened this one, or was opened by it, has no hold on it.',
  'Cross-Origin-Embedder-Policy': 'A page embeds nothing of other sites that does not agree to it.',
  'Cross-Origin-Resource-Policy': 'No other site embeds what this one serves.',
  'X-Request-Id': 'Name of the request in the logs of nginx and of the application.',
}

/** What nginx adds to answers of its own. */
export const nginxMeanings: Readonly<Record<string, string>> = {
  'Cache-Control': 'Files with a hash in their name are kept for a year; error pages and health never.',
  'Content-Encoding': 'Static files lie ready in br and gzip.',
  Vary: 'Static files differ by encoding.',
  'Retry-After': 'Seconds to wait, on 429 and 503.',
  'X-Front-Cache': 'What the cache of nginx had to do with the answer; see above.',
  'Server-Timing':
    'On public pages the same once more, for scripts of the page. The balancer adds the number of instances that are up.',
}

/** What nginx tells the application about a request. */
export const forwardedMeanings: Readonly<Record<string, string>> = {
  Connection: 'Emptied, so that the connection to the application is kept open.',
  Upgrade: 'Emptied: nothing here changes its protocol.',
  Forwarded: 'Emptied: what a client says of itself is not believed.',
  Proxy: 'Emptied, against programs that take it for a setting.',
  'X-Health-Check':
    'Emptied: the balancer says by it that it only checks, and the application logs no such request.',
  'X-Side':
    'Emptied; during a canary the version that the visitor has, or `canary-uncounted` for an asset that the old version lacks, for the balancer, which passes it on to nobody.',
  Host: 'The host and port that were asked for.',
  'X-Forwarded-Host': 'The same, for those who look for it there.',
  'X-Forwarded-For':
    'The address of the client. Where nginx refreshes a page that it has there is none: nobody waits for it.',
  'X-Forwarded-Proto': '`https` when the client came over TLS.',
  'X-Real-IP': 'The same as `X-Forwarded-For`.',
  'X-Request-Id': 'The name of the request, which the application logs.',
  'X-Shared-Cache':
    '`1` where the answer is going to be given to everybody. The application answers 421 to it where a page is for one ' +
    'visitor or has a megabyte, and nginx asks again without.',
  'Accept-Encoding':
    '`br`, `gzip` or `identity` where the answer is going to be given to everybody; else what the browser said.',
  'Content-Length': 'Emptied after a 421: no body is passed on.',
  'Transfer-Encoding': 'The same.',
  Cookie: 'Emptied where the answer is going to be given to everybody.',
  Authorization: 'Emptied where the answer is going to be given to everybody.',
}
