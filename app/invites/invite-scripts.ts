import type { Redis, Result } from 'ioredis'
import { daysCounted, keptMilliseconds } from './store-changes.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    /** 1 when it was put, 0 when `expected` is not what is kept. */
    putInvite(
      invite: string,
      indexOfState: string,
      day: string,
      id: string,
      expected: string,
      kept: string,
      requested: number,
      leaves: number | '',
      counted: string,
    ): Result<number, Context>
    pageOfInvites(index: string, first: number, last: number): Result<[number, string[]], Context>
    /** When the link expires, -2 when there is none. */
    keepInviteLink(
      invite: string,
      link: string,
      links: string,
      id: string,
      hash: string,
      expires: number,
    ): Result<number, Context>
    spendInviteLink(link: string, hash: string, owner: string): Result<string | null, Context>
    /** 1 when the link with this hash may. */
    mayMakeInviteAccount(invite: string, claim: string, hash: string): Result<number, Context>
    claimInviteAccount(invite: string, claim: string, hash: string): Result<number, Context>
    markInviteMail(mail: string, mails: string, id: string, key: string, at: number): Result<number, Context>
    forgetInvite(
      invite: string,
      links: string,
      mails: string,
      claim: string,
      id: string,
    ): Result<number, Context>
    releaseInvite(hold: string, token: string): Result<number, Context>
  }
}

/** Indexes of the invites by time of the request, all and by state, and one by the time when they leave. */
const indexes = [
  'invite:all',
  'invite:state:requested',
  'invite:state:delivered',
  'invite:state:invited',
  'invite:state:signed up',
]
const leaving = 'invite:leaving'

/** The keys of an invite and of what belongs to it; one Redis holds all, so scripts may make keys of what they read. */
export const inviteKeys = {
  invite: (id: string) => `invite:id:${id}`,
  index: (state?: string) => (state ? `invite:state:${state}` : 'invite:all'),
  link: (hash: string) => `invite:link:${hash}`,
  links: (id: string) => `invite:links:${id}`,
  /** Whose account it is: hashes of the link that was `spent` last, and of the one that `made` it. */
  claim: (id: string) => `invite:claim:${id}`,
  mail: (key: string) => `invite:mail:${key}`,
  mails: (id: string) => `invite:mails:${id}`,
  day: (day: string) => `invite:day:${day}`,
  hold: (id: string) => `invite:hold:${id}`,
}

// Lua's unpack takes a few thousand values, so departed invites go in portions.
const common = `
  local indexes = {${indexes.map((index) => `'${index}'`).join(', ')}}
  local function drop(ids)
    redis.call('ZREM', '${leaving}', unpack(ids))
    for _, index in ipairs(indexes) do redis.call('ZREM', index, unpack(ids)) end
  end
  local function sweep()
    local time = redis.call('TIME')
    local now = time[1] .. string.format('%03d', math.floor(time[2] / 1000))
    repeat
      local gone = redis.call('ZRANGE', '${leaving}', '-inf', now, 'BYSCORE', 'LIMIT', 0, 1000)
      if #gone > 0 then drop(gone) end
    until #gone == 0
  end`

// A full Redis refuses a script only at its first write, so that has to be the one that takes memory.
const putScript = `${common}
  local id, expected, kept, requested, leaves, counted = unpack(ARGV)
  if (redis.call('GET', KEYS[1]) or '') ~= expected then return 0 end
  redis.call('SET', KEYS[1], kept)
  drop({id})
  sweep()
  redis.call('ZADD', 'invite:all', requested, id)
  redis.call('ZADD', KEYS[2], requested, id)
  if leaves ~= '' then
    redis.call('PEXPIREAT', KEYS[1], leaves)
    redis.call('ZADD', '${leaving}', leaves, id)
  end
  if counted ~= '' then
    redis.call('HINCRBY', KEYS[3], counted, 1)
    redis.call('EXPIRE', KEYS[3], ${daysCounted * 24 * 3600})
  end
  return 1`

const pageScript = `${common}
  sweep()
  return {redis.call('ZCARD', KEYS[1]), redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'REV')}`

const keepLinkScript = `
  local id, hash, expires = unpack(ARGV)
  if redis.call('EXISTS', KEYS[1]) == 1 and redis.call('EXISTS', KEYS[2]) == 0 then
    redis.call('HSET', KEYS[2], 'invite', id)
    redis.call('PEXPIREAT', KEYS[2], expires)
    redis.call('SADD', KEYS[3], hash)
    if redis.call('PEXPIRETIME', KEYS[3]) < tonumber(expires) then redis.call('PEXPIREAT', KEYS[3], expires) end
  end
  return redis.call('PEXPIRETIME', KEYS[2])`

// A link that is not there costs the same look-ups as one that is, and only what opens is written.
const spendLinkScript = `
  local hash, owner = unpack(ARGV)
  local link = redis.call('HMGET', KEYS[1], 'invite', 'owner')
  local id = link[1] or ''
  local kept = redis.call('GET', 'invite:id:' .. id)
  local isSignedUp = redis.call('ZSCORE', 'invite:state:signed up', id)
  local claim = redis.call('HMGET', 'invite:claim:' .. id, 'spent', 'made')
  if not kept or isSignedUp or claim[2] then return false end
  if link[2] and (link[2] ~= owner or claim[1] ~= hash) then return false end
  if not link[2] then
    redis.call('HSET', KEYS[1], 'owner', owner)
    redis.call('HSET', 'invite:claim:' .. id, 'spent', hash)
    redis.call('PEXPIRE', 'invite:claim:' .. id, ${keptMilliseconds})
  end
  return kept`

const mayMakeAccountScript = `
  local claim = redis.call('HMGET', KEYS[2], 'spent', 'made')
  local isTheirs = (claim[2] or claim[1]) == ARGV[1]
  if isTheirs and redis.call('EXISTS', KEYS[1]) == 1 then return 1 end
  return 0`

const claimAccountScript = `
  if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
  redis.call('HSETNX', KEYS[2], 'made', ARGV[1])
  return redis.call('PEXPIRE', KEYS[2], ${keptMilliseconds})`

const markMailScript = `
  local id, key, at = unpack(ARGV)
  redis.call('SET', KEYS[1], id, 'PX', ${keptMilliseconds})
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', at - ${keptMilliseconds})
  redis.call('ZADD', KEYS[2], at, key)
  return redis.call('PEXPIRE', KEYS[2], ${keptMilliseconds})`

const forgetScript = `${common}
  for _, hash in ipairs(redis.call('SMEMBERS', KEYS[2])) do redis.call('DEL', 'invite:link:' .. hash) end
  for _, key in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do redis.call('DEL', 'invite:mail:' .. key) end
  drop({ARGV[1]})
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
  return redis.call('DEL', KEYS[1])`

// A hold that ran out may be another's by now, and that one stays.
const releaseScript = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
  return 0`

/** Teaches a connection the changes of several keys that have to be one. */
export function defineInviteScripts(redis: Redis): void {
  redis.defineCommand('putInvite', { numberOfKeys: 3, lua: putScript })
  redis.defineCommand('pageOfInvites', { numberOfKeys: 1, lua: pageScript })
  redis.defineCommand('keepInviteLink', { numberOfKeys: 3, lua: keepLinkScript })
  redis.defineCommand('spendInviteLink', { numberOfKeys: 1, lua: spendLinkScript })
  redis.defineCommand('mayMakeInviteAccount', { numberOfKeys: 2, lua: mayMakeAccountScript })
  redis.defineCommand('claimInviteAccount', { numberOfKeys: 2, lua: claimAccountScript })
  redis.defineCommand('markInviteMail', { numberOfKeys: 2, lua: markMailScript })
  redis.defineCommand('forgetInvite', { numberOfKeys: 4, lua: forgetScript })
  redis.defineCommand('releaseInvite', { numberOfKeys: 1, lua: releaseScript })
}
