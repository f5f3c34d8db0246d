const start = '/admin'
const consoleStart = '/console'
const signIn = '/admin/sign-in'
// Only to read a path: no such host is ever asked.
const anyHost = 'http://host.invalid'

/** The page for operators that a text names, with its query; the first of them for everything else. */
export function ownPath(text: unknown): string {
  const url = typeof text === 'string' ? URL.parse(text, anyHost) : null
  if (url?.origin !== anyHost || url.pathname === signIn) return start
  const isOwn = [start, consoleStart].some(
    (own) => url.pathname === own || url.pathname.startsWith(`${own}/`),
  )
  return isOwn ? url.pathname + url.search : start
}

/** Where to sign in, and then be sent on to the page. */
export const signInUrl = (path: string): string => {
  const to = ownPath(path)
  return to === start ? signIn : `${signIn}?${new URLSearchParams({ to })}`
}
