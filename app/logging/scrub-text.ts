/** What the name of a private value contains: `new_password`, `accessToken` and `x-api-key` all do. */
export const privateNames =
  'passw(?:or)?d|passphrase|secret|token|cookie|authorization|e-?mail|api[-_]?key|session[-_]?id'

// Every repetition is bounded or ends where the next one starts: a hostile text costs time in proportion to its length.
const name = (names: string) => `(?:${names})[\\w\\-%\\]]{0,40}["'\\\\]{0,4}\\s{0,4}`
const quoted = '\\\\{0,4}"(?:[^"\\\\]|\\\\[^])*"?|\'[^\']*\'?'
const listed = '\\[[^\\]]*\\]?|\\{[^}]*\\}?'

const userInfo = /(\/\/)[^\s/?#"'<>]*@/g
const header = new RegExp(`(${name('authorization|cookie')}[:=]\\s{0,4})[^\\s"'\\\\[{][^\\r\\n"]*`, 'gi')
const pair = new RegExp(
  `(${name(`${privateNames}|signature`)}[:=]\\s{0,4})(?:${quoted}|${listed}|[^\\s"&]+)`,
  'gi',
)
const cookie = /(session=)[^;\s"]+/gi
const bearer = /\b(bearer\s{1,4})[\w.~+/=-]+/gi
const letter = '[\\p{L}\\p{M}\\p{N}_%+-]'
const address = new RegExp(
  `(?:${letter}|[.']){1,64}(?:@|%40)${letter}{1,63}(?:\\.${letter}{1,63}){1,8}`,
  'giu',
)

/** Takes passwords, cookies, tokens, credentials in URLs and e-mail addresses out of a text that people or programs wrote. */
export const scrubText = (text: string): string =>
  text
    .replace(userInfo, '$1[redacted]@')
    .replace(header, '$1[redacted]')
    .replace(pair, '$1[redacted]')
    .replace(cookie, '$1[redacted]')
    .replace(bearer, '$1[redacted]')
    .replace(address, '[address]')
