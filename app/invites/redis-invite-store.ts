import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { type Invite, inviteId } from './invite.ts'
import { defineInviteScripts, inviteKeys } from './invite-scripts.ts'
import type { Day, InviteFilter, InviteStore } from './invite-store.ts'
import { storeAnswers } from './store-answers.ts'
import {
  type Change,
  type Changed,
  contactChange,
  dayOf,
  deliveredChange,
  inviteChange,
  type Kept,
  lastDays,
  listedState,
  requestChange,
  signedUpChange,
  stayChange,
  useChange,
} from './store-changes.ts'
import { mostSearched, textMatch } from './store-filter.ts'

/** Of many who change one invite at the same time each round lets one through. */
const mostRounds = 200
/** Invites read at once, so that a long list holds up no other command for long. */
const readAtOnce = 500

/** Invites in Redis, each a JSON text with indexes beside it, shared by all instances and workers. */
export function redisInviteStore(redis: Redis): InviteStore {
  defineInviteScripts(redis)
  const { ask, state } = storeAnswers(redis)

  return {
    request: (request) =>
      ask(async () => (await change(redis, inviteId(request.email), requestChange(request))) as Invite),
    contact: (contact) =>
      ask(async () => (await change(redis, inviteId(contact.email), contactChange(contact))) as Invite),
    invite: (id, at) =>
      ask(async () => {
        const invite = await change(redis, id, inviteChange(at))
        return invite && { invite, isNew: invite.state === 'invited' && invite.invitedAt === at }
      }),
    signedUp: (id, workspace, at) => ask(() => change(redis, id, signedUpChange(workspace, at))),
    delivered: (id, version, at) =>
      ask(async () => void (await change(redis, id, deliveredChange(version, at)))),
    find: (id) => ask(async () => keptIn(await redis.get(inviteKeys.invite(id)))?.invite),
    ids: () => ask(async () => (await redis.pageOfInvites(inviteKeys.index(), 0, -1))[1]),
    list: (filter) => ask(() => list(redis, filter)),
    perDay: (days) => ask(() => Promise.all(lastDays(days, Date.now()).map((day) => countsOf(redis, day)))),
    forget: (id) =>
      ask(async () => {
        const { invite, links, mails, claim } = inviteKeys
        return (await redis.forgetInvite(invite(id), links(id), mails(id), claim(id), id)) === 1
      }),
    keepLink: (id, hash, expires) =>
      ask(async () => {
        await change(redis, id, stayChange(expires))
        const keys = [inviteKeys.invite(id), inviteKeys.link(hash), inviteKeys.links(id)] as const
        const kept = await redis.keepInviteLink(...keys, id, hash, expires)
        return kept > 0 ? kept : undefined
      }),
    spendLink: (hash, owner) =>
      ask(async () => {
        const kept = keptIn(await redis.spendInviteLink(inviteKeys.link(hash), hash, owner))
        if (!kept) return 'refused'
        await change(redis, kept.invite.id, useChange)
        return { invite: kept.invite }
      }),
    mayMakeAccount: (id, hash) =>
      ask(async () => {
        const { invite, claim } = inviteKeys
        return (await redis.mayMakeInviteAccount(invite(id), claim(id), hash)) === 1
      }),
    accountMade: (id, hash) =>
      ask(async () => {
        await redis.claimInviteAccount(inviteKeys.invite(id), inviteKeys.claim(id), hash)
        await change(redis, id, useChange)
      }),
    keep: (id) => ask(() => change(redis, id, useChange)),
    wasMailed: (key) => ask(async () => (await redis.exists(inviteKeys.mail(key))) === 1),
    mailed: (id, key) =>
      ask(async () => {
        await redis.markInviteMail(inviteKeys.mail(key), inviteKeys.mails(id), id, key, Date.now())
      }),
    lastMailed: (id) =>
      ask(async () => Number((await redis.zrevrange(inviteKeys.mails(id), 0, 0, 'WITHSCORES'))[1] ?? 0)),
    hold: (id, milliseconds) =>
      ask(async () => {
        const token = randomUUID()
        const isMine = await redis.set(inviteKeys.hold(id), token, 'PX', milliseconds, 'NX')
        if (!isMine) return undefined
        return async () => void (await redis.releaseInvite(inviteKeys.hold(id), token).catch(() => undefined))
      }),
    state,
    close: async () => redis.disconnect(),
  }
}

const keptIn = (text: string | null): Kept | undefined =>
  text === null ? undefined : (JSON.parse(text) as Kept)

/** Puts what the change makes of the invite, again if another was faster; what is kept then. */
async function change(redis: Redis, id: string, make: Change): Promise<Invite | undefined> {
  for (let round = 0; round < mostRounds; round += 1) {
    const text = await redis.get(inviteKeys.invite(id))
    const kept = keptIn(text)
    const changed = make(kept, Date.now())
    if (!changed) return kept?.invite
    if (await put(redis, id, text ?? '', changed)) return changed.kept.invite
  }
  throw new Error(`invite ${id} was changed ${mostRounds} times meanwhile`)
}

async function put(redis: Redis, id: string, expected: string, { kept, counted }: Changed): Promise<boolean> {
  const { invite, leaves } = kept
  const isPut = await redis.putInvite(
    inviteKeys.invite(id),
    inviteKeys.index(listedState(invite)),
    inviteKeys.day(counted?.day ?? dayOf(Date.now())),
    id,
    expected,
    JSON.stringify(kept),
    Date.parse(invite.requestedAt),
    leaves ?? '',
    counted?.what ?? '',
  )
  return isPut === 1
}

async function list(redis: Redis, { text, state, from, length }: InviteFilter) {
  const index = inviteKeys.index(state)
  if (text.trim()) {
    const [, newest] = await redis.pageOfInvites(index, 0, mostSearched - 1)
    const found = (await read(redis, newest)).filter(textMatch(text))
    return { invites: found.slice(from, from + length), count: found.length }
  }
  // To Redis, a last index of -1 is the end of the list.
  const last = Math.min(from + length, Number.MAX_SAFE_INTEGER) - 1
  const [count, ids] = await redis.pageOfInvites(index, last < from ? 1 : from, last < from ? 0 : last)
  return { invites: await read(redis, ids), count }
}

async function read(redis: Redis, ids: readonly string[]): Promise<Invite[]> {
  const invites: Invite[] = []
  for (let at = 0; at < ids.length; at += readAtOnce) {
    const texts = await redis.mget(ids.slice(at, at + readAtOnce).map(inviteKeys.invite))
    invites.push(...texts.flatMap((text) => keptIn(text)?.invite ?? []))
  }
  return invites
}

async function countsOf(redis: Redis, day: string): Promise<Day> {
  const { requests = 0, signups = 0 } = await redis.hgetall(inviteKeys.day(day))
  return { day, requests: Number(requests), signups: Number(signups) }
}
