const secretName =
  /(?:^|[_-])(?:pass(?:w(?:or)?d|wd|phrase)?|pwd|secrets?|token|credentials?|(?:api|access|secret|private|auth|encryption|signing|session|master)[_-]?keys?|apikey|auth)(?:[_-](?:key|base|old|new|[0-9]+))*$|(?:password|passwd|secret|token|apikey)$/

// What follows says that the value is about a secret, and is none.
const aboutSecret =
  /[_-](?:file|path|dir|url|uri|host|name|user|id|ttl|age|length|size|count|days|hours|minutes|seconds|timeout|expiry|header|field|policy|type|mode|algorithm|enabled|required)s?$/

const knownForms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}\b/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\b[sr]k_live_[A-Za-z0-9]{16,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
]

const passwordInUrl = /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i
const passwordInQuery = /[?&;](?:password|passwd|pwd|secret|token|api_?key)=([^&;\s]+)/i
const passwordInArgument = /(?:^|\s)--?[a-z-]*(?:password|passwd|secret|token|api-?key)[= ](\S+)/i

// A commit, a digest or a build is as random as a secret, and nobody's.
const publicName =
  /sha|digest|commit|revision|hash|etag|checksum|version|release|build|fingerprint|public|uuid|guid/

/** Whether a value with this name is probably known to too many once it is in a file. */
export function looksSecret(name: string, value: string): boolean {
  const text = value.trim()
  if (text === '' || isHarmless(text)) return false
  if (knownForms.some((form) => form.test(text))) return true
  const inText = [passwordInUrl, passwordInQuery, passwordInArgument].flatMap(
    (form) => form.exec(text)?.[1] ?? [],
  )
  if (inText.some((part) => !isHarmless(part))) return true
  // "dbPassword", "DB_PASSWORD" and "db-password" are one name.
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
  if (aboutSecret.test(words) || publicName.test(words)) return false
  return secretName.test(words) || isRandom(text)
}

/** Nothing that anybody would keep to himself: a switch, a short number, a path, a place-holder, another variable. */
const isHarmless = (text: string): boolean =>
  /^(?:true|false|yes|no|on|off|none|null|undefined|optional|required|disabled|enabled)$/i.test(text) ||
  /^-?\d{1,3}$/.test(text) ||
  /^\$[A-Za-z_{][\w}-]*$/.test(text) ||
  /^\/[\w./-]*$/.test(text) ||
  /^(?:<[^<>]*>|\[[^[\]]*\]|\{\{[^{}]*\}\}|x{3,}|\*{3,}|\.{3,})$/i.test(text)

/** Long, of one word, and without the order that people give to names. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text)
  if (!/^[A-Za-z0-9+/=_-]{32,}$/.test(text) || /^[a-z/_-]+$|^[A-Z/_-]+$/.test(text)) return false
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false
  return bitsPerCharacter(text) > 4.2
}

function bitsPerCharacter(text: string): number {
  const counts = Map.groupBy(text, (character) => character)
  return -[...counts.values()].reduce(
    (sum, { length }) => sum + (length / text.length) * Math.log2(length / text.length),
    0,
  )
}
