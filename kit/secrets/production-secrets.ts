import { randomBytes } from 'node:crypto'
import { withConsoleToken } from './console-token.ts'
import { aclFile, hashesIn, passwordHash, redisUsers, type StoreName, storeNames } from './redis-users.ts'

/** Texts of the files in secrets/, by name. */
export type Secrets = Readonly<Record<string, string>>

/** A fault in the secrets that only a person can mend; the message says how. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError'
}

// Empty is a valid answer for all of these; a site without the first does not start.
const fromOperators: Secrets = {
  accounts_token: '',
  mail_url: 'outbox:',
  crm_token: '',
  crm_webhook_secret: '',
  operators: '',
  control_tokens: '',
}

/** All secrets of the production site, as made for one that has none. */
export const newSecrets = (): Secrets => completeSecrets({})

/**
 * All secrets of the production site: those that are there stay as they are, what is missing is made up or left for
 * an operator. ACL files follow from passwords, and hold what this release allows; so does the console's line of tokens.
 * @throws SecretsError when a password is known to its Redis alone.
 */
export function completeSecrets(present: Secrets): Secrets {
  const all: Record<string, string> = {
    session_secrets: madeUp(),
    signup_secrets: madeUp(),
    redis_admin: madeUp(),
    console_token: madeUp(),
    ...fromOperators,
    ...present,
  }
  all.control_tokens = withConsoleToken(all.control_tokens ?? '', all.console_token ?? '')
  for (const store of storeNames) {
    const before = hashesIn(present[aclOf(store)] ?? '')
    for (const [user, name] of Object.entries(redisUsers[store])) {
      if (all[name] === undefined && before[user]?.length) throw lost(name, store)
      all[name] ??= urlOf(store, user, madeUp())
    }
    all[aclOf(store)] = aclFile(store, hashesOf(store, all, before))
  }
  return all
}

/** The name of a store's ACL file. */
export const aclOf = (store: StoreName): string => `${store}_acl`

/** The address under which a user reaches a store. */
export const urlOf = (store: StoreName, user: string, password: string): string =>
  `redis://${user}:${password}@${store}:6379`

/** A new secret: 256 bits. */
export const madeUp = (): string => randomBytes(32).toString('hex')

/** The hashes of the passwords of a store's users, newest first; `before` holds those that stay valid. */
export function hashesOf(
  store: StoreName,
  secrets: Secrets,
  before: Readonly<Record<string, readonly string[]>> = {},
): Record<string, string[]> {
  const passwords = Object.entries(redisUsers[store]).map(([user, name]) => [
    user,
    decodeURIComponent(URL.parse(secrets[name]?.trim() ?? '')?.password ?? ''),
  ])
  const all = [...passwords, ['admin', secrets.redis_admin?.trim() ?? '']]
  return Object.fromEntries(
    all.map(([user = '', password = '']) => [
      user,
      [...new Set([...(password ? [passwordHash(password)] : []), ...(before[user] ?? [])])],
    ]),
  )
}

const lost = (name: string, store: StoreName) =>
  new SecretsError(
    `${name} is missing, and ${aclOf(store)} holds only a hash of its password: ` +
      `restore the file, or make a new password with npm run secrets -- --rotate ${store}`,
  )
