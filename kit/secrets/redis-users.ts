import { createHash } from 'node:crypto'

/** Who may do what in each Redis of the production site: what the code does there, and nothing else. */
export const redisUsers = {
  rediscache: { webapp: 'cache_url' },
  redissessions: { webapp: 'sessions_url' },
  redisqueue: { webapp: 'queue_url', worker: 'worker_queue_url' },
} as const

export type StoreName = keyof typeof redisUsers

/** The names of all stores. */
export const storeNames = Object.keys(redisUsers) as StoreName[]

interface Rights {
  readonly keys: readonly string[]
  readonly commands: string
}

// To connect, to run scripts, and several commands at once; ioredis asks INFO whether a store has loaded its data.
const connection =
  'ping info client|setinfo client|setname multi exec discard eval evalsha script|exists script|load'

// The commands of BullMQ and of its scripts.
const queues = `exists type del unlink rename time expire pexpire pexpireat persist pttl scan get set incr incrby
  hget hset hmset hmget hgetall hlen hexists hdel hincrby sadd srem scard smembers sismember
  llen lpush rpush lpop rpop rpoplpush lindex lrange lrem lset ltrim lpos
  zadd zrem zcard zcount zscore zrange zrevrange zrangebyscore zrevrangebyscore zrangebylex zlexcount
  zpopmin zremrangebyscore zremrangebyrank xadd xtrim xlen xrange xread xdel`
const invites = 'mget hsetnx pexpiretime'
// The pages of the queue say how many workers are connected.
const queuePages = 'client|list'

const rights: { readonly [Store in StoreName]: { readonly [user: string]: Rights } } = {
  rediscache: {
    webapp: { keys: ['page:*', 'limit:*'], commands: 'get set del hget hset expire incrby pttl' },
  },
  redissessions: {
    webapp: {
      keys: ['session:*', 'operator:*', 'searches:*'],
      commands: 'get set del mget expire scan zincrby zremrangebyrank zrevrange',
    },
  },
  redisqueue: {
    webapp: { keys: ['deliveries:*', 'invite:*'], commands: `${queues} ${invites} ${queuePages}` },
    worker: { keys: ['deliveries:*', 'invite:*'], commands: `${queues} ${invites} bzpopmin` },
  },
}

// For the people who run the site: they may look at all, change each key and set what can be set, but not empty a store
// at once, run code in it, stop it, or give themselves more.
const admin =
  `~* &* +@all -flushall -flushdb -swapdb -debug -module -replicaof -slaveof -migrate -restore -shutdown
  -eval -evalsha -eval_ro -evalsha_ro -script -function -fcall -fcall_ro -acl|setuser -acl|deluser`.replace(
    /\s+/g,
    ' ',
  )

// Nobody can sign in as this one, but Redis itself loads its append-only file as it: transactions and the effects of
// scripts in there that it might not run would be dropped without a word.
const nobody = 'user default off resetpass ~* &* +@all'

// Whoever has no password may ask whether Redis is there.
const health = 'user health on nopass resetkeys resetchannels -@all +ping'

/** The hash under which an ACL file knows a password. */
export const passwordHash = (password: string): string => createHash('sha256').update(password).digest('hex')

/** The ACL file of a store; `hashes` holds those of each user's passwords. */
export function aclFile(store: StoreName, hashes: Readonly<Record<string, readonly string[]>>): string {
  const line = (user: string, rules: string) =>
    `user ${user} on ${(hashes[user] ?? []).map((hash) => `#${hash}`).join(' ')} resetkeys resetchannels ${rules}`
  const users = Object.entries(rights[store]).map(([user, { keys, commands }]) =>
    line(user, [...keys.map((key) => `~${key}`), '-@all', ...allowed(`${connection} ${commands}`)].join(' ')),
  )
  return [nobody, health, ...users, line('admin', admin), ''].join('\n')
}

const allowed = (commands: string): string[] =>
  commands
    .split(/\s+/)
    .filter(Boolean)
    .map((command) => `+${command}`)

/** The hashes that an ACL file holds, by user. */
export function hashesIn(acl: string): Record<string, string[]> {
  const lines = acl.split('\n').map((line) => line.split(' '))
  const users = lines.filter(([first]) => first === 'user')
  return Object.fromEntries(
    users.map(([, name = '', ...rules]) => [
      name,
      rules.filter((rule) => /^#[0-9a-f]{64}$/.test(rule)).map((rule) => rule.slice(1)),
    ]),
  )
}
