import { createHash, timingSafeEqual } from 'node:crypto'
import { Failure } from '../failure.ts'

/** Each may all that those before it may. */
export const roles = ['read', 'operate', 'deploy'] as const

export type Role = (typeof roles)[number]

/** Who may ask. The token itself is kept nowhere. */
export interface Token {
  readonly name: string
  readonly role: Role
  /** SHA-256. A token is long and random, so that nobody finds it by its hash. */
  readonly hash: Buffer
}

export const may = (has: Role, needs: Role): boolean => roles.indexOf(has) >= roles.indexOf(needs)

const LINE = /^(?<name>[A-Za-z0-9][A-Za-z0-9._@-]{0,63})\s+(?<role>[a-z]+)\s+(?<hash>[0-9a-f]{64})$/

/** The tokens of a file: `NAME ROLE SHA256-HEX` a line. Throws a Failure that names the line, and not what is in it. */
export function readTokens(text: string): Token[] {
  const tokens = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const { name = '', role: word, hash = '' } = LINE.exec(line.trim())?.groups ?? {}
    const role = roles.find((one) => one === word)
    if (role === undefined) throw wrong(`Line ${index + 1} of the tokens is not understood.`)
    return [{ name, role, hash: Buffer.from(hash, 'hex') }]
  })
  const twice = tokens.find(({ name }, at) => tokens.findIndex((one) => one.name === name) < at)
  if (twice) throw wrong(`The tokens have ${twice.name} twice.`)
  return tokens
}

const wrong = (what: string): Failure =>
  new Failure('usage', what, `Write NAME ROLE SHA256-HEX-OF-TOKEN; a role is ${roles.join(', ')}.`)

/** Whose token an Authorization header has. It is compared with all, so that the time says nothing. */
export function tokenIn(authorization: string | undefined, tokens: readonly Token[]): Token | undefined {
  const [, given] = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '') ?? []
  const hash = createHash('sha256')
    .update(given ?? '')
    .digest()
  const [found] = tokens.filter((token) => timingSafeEqual(token.hash, hash))
  return given === undefined ? undefined : found
}
