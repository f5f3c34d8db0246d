const names = 'password|passwd|secrets?|token|set-cookie|cookie|authorization|e-?mail'

// Most lines hold nothing private: one cheap look spares them the replacements.
const suspicious = new RegExp(`@|%40|session=|signature|${names}`, 'i')

const jsonField = new RegExp(`("(?:${names})":)(?:"(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*\\])`, 'gi')
const queryField = new RegExp(`([?&;](?:${names}|signature)=)[^&\\s"\\\\]*`, 'gi')
const cookie = /((?:__Host-)?session=)[^;\s"\\]+/gi
// Lengths are bounded, so that a hostile line costs time in proportion to its length only.
const address = /[\w.+'-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi

/** Takes passwords, cookies, tokens and e-mail addresses out of a finished log line, wherever they got in. */
export function scrub(line: string): string {
  if (!suspicious.test(line)) return line
  return line
    .replace(jsonField, '$1"[redacted]"')
    .replace(queryField, '$1[redacted]')
    .replace(cookie, '$1[redacted]')
    .replace(address, '[address]')
}
