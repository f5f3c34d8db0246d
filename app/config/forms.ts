import { isIP } from 'node:net'
import type { OperatorEntry } from './config.ts'

/** How a setting's text becomes its value: `undefined` means the text has another form. */
export type Form<T> = { readonly expected: string; readonly read: (text: string) => T | undefined }

export const text: Form<string> = {
  expected: 'a text that is not empty',
  read: (value) => (value.trim() === '' ? undefined : value.trim()),
}

export const wholeNumber = (min: number, max: number): Form<number> => ({
  expected: `a whole number from ${min} to ${max}`,
  read: (value) => (/^\d{1,9}$/.test(value) && +value >= min && +value <= max ? +value : undefined),
})

export const seconds = (max: number): Form<number> => ({
  expected: `seconds from 0 to ${max}, a fraction is fine`,
  read: (value) => (/^\d{1,6}(\.\d{1,3})?$/.test(value) && +value <= max ? +value : undefined),
})

export const flag: Form<boolean> = {
  expected: '"true" or "false"',
  read: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
}

export const oneOf = <const T extends string>(values: readonly T[]): Form<T> => ({
  expected: `one of ${values.join(', ')}`,
  read: (value) => values.find((candidate) => candidate === value),
})

/** An address without a path, such as `https://www.example.com`. */
export const webAddress: Form<string> = {
  expected: 'a web address without a path, such as https://www.example.com',
  read: (value) => {
    const url = URL.parse(value)
    const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
    return plain ? url.origin : undefined
  },
}

/** A store: a Redis by its URL, or this process's own memory. */
export const store: Form<string> = {
  expected: 'redis://HOST:PORT, rediss://HOST:PORT or memory:',
  read: (value) => {
    const url = URL.parse(value)
    if (value === 'memory:') return value
    return url?.hostname && /^rediss?:$/.test(url.protocol) ? value : undefined
  },
}

const namedRanges = ['loopback', 'linklocal', 'uniquelocal']

/** Who may say whom a request is from, as Express writes it: names, IP addresses and ranges with commas between. */
export const trustedProxies: Form<string> = {
  expected: `a comma-separated list of ${namedRanges.join(', ')}, IP addresses or ranges such as 10.0.0.0/8`,
  read: (value) => (value.split(',').every((part) => isTrustable(part.trim())) ? value : undefined),
}

function isTrustable(part: string): boolean {
  if (namedRanges.includes(part)) return true
  const [address = '', length, ...rest] = part.split('/')
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  if (bits === 0 || rest.length > 0) return false
  // Express refuses to trust everybody by a length of 0.
  return length === undefined || (/^\d{1,3}$/.test(length) && +length > 0 && +length <= bits)
}

const shortestSecret = 32

/** Secrets to sign with, newest first, so that an old one can be retired without signing anybody out. */
export const secrets: Form<readonly string[]> = {
  expected: `secrets of ${shortestSecret} characters or more, newest first, with white space between`,
  read: (value) => {
    const all = value.split(/\s+/).filter(Boolean)
    return all.length > 0 && all.every((secret) => secret.length >= shortestSecret) ? all : undefined
  },
}

/** An outside system by its web address, or the file outbox. */
export const outsideSystem: Form<string> = {
  expected: 'a web address without a path, such as https://api.example.com, or outbox:',
  read: (value) => (value === 'outbox:' ? value : webAddress.read(value)),
}

/** A mail server by its URL, or the file outbox. */
export const mailServer: Form<string> = {
  expected: 'smtp://HOST:PORT, smtps://USER:PASSWORD@HOST or outbox:',
  read: (value) => {
    const url = URL.parse(value)
    if (value === 'outbox:') return value
    return url?.hostname && /^smtps?:$/.test(url.protocol) ? value : undefined
  },
}

const mailAddress = '[^\\s<>"(),:;@]+@[^\\s<>"(),:;@]+'
const senderForm = new RegExp(`^(?:${mailAddress}|[^<>"(),:;@\\r\\n]+ <${mailAddress}>)$`)

/** One sender of mail: an address, or a name with the address behind it. */
export const sender: Form<string> = {
  expected: 'an address, or a name and the address such as Dogfood <hello@example.com>',
  read: (value) => (senderForm.test(value.trim()) ? value.trim() : undefined),
}

const operatorLine = /^([a-z][a-z0-9._-]{0,31}):(scrypt\$\d+\$\d+\$\d+\$[\w-]{22,}\$[\w-]{43,})$/

/** Operators with the hashes of their passwords, a line each; empty lines and lines from # on are left out. */
export const operatorEntries: Form<readonly OperatorEntry[]> = {
  expected: 'lines of NAME:HASH, as npm run operator -- add NAME makes them',
  read: (value) => {
    const lines = value.split('\n').map((line) => line.trim())
    const entries = lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => operatorLine.exec(line))
    if (entries.some((entry) => entry === null)) return undefined
    return entries.map((entry) => ({ name: entry?.[1] ?? '', passwordHash: entry?.[2] ?? '' }))
  },
}
