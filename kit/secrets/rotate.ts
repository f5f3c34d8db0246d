import {
  aclOf,
  completeSecrets,
  hashesOf,
  madeUp,
  type Secrets,
  SecretsError,
  urlOf,
} from './production-secrets.ts'
import { aclFile, hashesIn, redisUsers, type StoreName, storeNames } from './redis-users.ts'

const signing = ['session_secrets', 'signup_secrets'] as const

/** What can be replaced: the passwords of a Redis, that of its operators, and what signs. */
const rotatable: readonly string[] = [...storeNames, 'redis_admin', ...signing]

/** Puts a new secret in front; the one before stays valid until it is retired, so nothing has to stop. */
export function rotate(present: Secrets, name: string): Secrets {
  assertRotatable(name)
  if (isStore(name)) {
    const users = Object.entries(redisUsers[name])
    const urls = users.map(([user, file]) => [file, urlOf(name, user, madeUp())])
    return completeSecrets({ ...present, ...Object.fromEntries(urls) })
  }
  const before = (present[name] ?? '').trim()
  const text = name === 'redis_admin' ? madeUp() : [madeUp(), before].filter(Boolean).join('\n')
  return completeSecrets({ ...present, [name]: text })
}

/** Makes invalid what was replaced: only the newest stays. */
export function retire(present: Secrets, name: string): Secrets {
  assertRotatable(name)
  const all = completeSecrets(present)
  const stores = isStore(name) ? [name] : name === 'redis_admin' ? storeNames : []
  const acls = stores.map((store) => {
    const newest = hashesOf(store, all)
    // Of a store's users and its operators, each has a turn of their own.
    const turn = isStore(name) ? Object.keys(redisUsers[store]) : ['admin']
    const stay = Object.entries(hashesIn(all[aclOf(store)] ?? '')).filter(([user]) => !turn.includes(user))
    return [aclOf(store), aclFile(store, { ...newest, ...Object.fromEntries(stay) })]
  })
  const signs = signing.some((each) => each === name)
  const [newest = ''] = (all[name] ?? '').split(/\s+/).filter(Boolean)
  return { ...all, ...Object.fromEntries(acls), ...(signs && { [name]: newest }) }
}

const isStore = (name: string): name is StoreName => (storeNames as string[]).includes(name)

function assertRotatable(name: string): void {
  if (!rotatable.includes(name))
    throw new SecretsError(
      `"${name}" cannot be replaced by this command: expected one of ${rotatable.join(', ')}`,
    )
}
