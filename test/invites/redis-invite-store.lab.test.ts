import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { Redis } from 'ioredis'
import { SiteError } from '../../app/errors.ts'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { idOf, invited, moment, namesIn, requestOf } from './invite-requests.ts'
import { inviteStoreCases } from './invite-store-cases.ts'
import { inviteStoreListCases } from './invite-store-list-cases.ts'

const day = 24 * 3600 * 1000

let container: Container
let redis: Redis
let url: string
let store: InviteStore

before(async () => {
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction']
  container = await startContainer({ image: 'redis:8.10.1', args: durable, ports: [6379] })
  url = `redis://127.0.0.1:${container.port(6379)}`
  redis = new Redis(url)
  redis.on('error', () => {})
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to answer')
  store = await openInviteStore(url)
})

beforeEach(async () => void (await redis.flushall()))

after(async () => {
  await store.close()
  redis.disconnect()
  await container.remove()
})

/** Waits for both connections to a Redis that was away. */
async function back(): Promise<void> {
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to be back')
  await until(async () => !(await store.wasMailed('nothing')), 'the store to be back')
}

const daysLeft = async (key: string) => (await redis.pttl(key)) / day

for (const [title, check] of Object.entries({ ...inviteStoreCases, ...inviteStoreListCases })) {
  test(`in Redis, ${title}`, () => check(store))
}

test('in Redis, an invite stays until its newest version was delivered, and 30 days more', async () => {
  const { id } = await invited(store, 'Ada')
  const key = `invite:id:${id}`
  assert.equal(await redis.ttl(key), -1)
  await store.delivered(id, 1, moment(90))
  assert.equal(await redis.ttl(key), -1)
  await store.delivered(id, 2, moment(91))
  assert.ok(Math.abs((await daysLeft(key)) - 30) < 0.01)
  await store.request(requestOf('Ada', { company: 'Looms', at: moment(92) }))
  assert.equal(await redis.ttl(key), -1)
})

test('in Redis, a repeated request stays for 30 days', async () => {
  const { id } = await store.request(requestOf('Ada'))
  await store.delivered(id, 1, moment(1))
  await redis.set(`invite:id:${id}`, (await redis.get(`invite:id:${id}`)) ?? '', 'PX', day)
  await store.request(requestOf('Ada', { at: moment(2) }))
  assert.ok(Math.abs((await daysLeft(`invite:id:${id}`)) - 30) < 0.01)
})

test('in Redis, an invite stays as long as its links, which expire', async () => {
  const { id } = await invited(store, 'Ada')
  await store.delivered(id, 2, moment(90))
  await store.keepLink(id, 'short', Date.now() + 7 * day)
  await store.keepLink(id, 'long', Date.now() + 40 * day)
  await store.keepLink(id, 'brief', Date.now() + 300)
  assert.ok(Math.abs((await daysLeft(`invite:id:${id}`)) - 40) < 0.01)
  assert.ok(Math.abs((await daysLeft('invite:link:short')) - 7) < 0.01)
  assert.ok(Math.abs((await daysLeft(`invite:links:${id}`)) - 40) < 0.01)
  await until(async () => (await store.spendLink('brief', 'owner')) === 'refused', 'the link to expire')
  assert.notEqual(await store.spendLink('short', 'owner'), 'refused')
})

const uses = {
  'its link was spent': (id: string) => store.spendLink(`link of ${id}`, 'owner'),
  'its account was made': (id: string) => store.accountMade(id, `link of ${id}`),
  'it was asked for': (id: string) => store.keep(id),
}

for (const [title, use] of Object.entries(uses)) {
  test(`in Redis, an invite stays for 30 days after ${title}`, async () => {
    const { id } = await invited(store, 'Ada')
    const key = `invite:id:${id}`
    await store.delivered(id, 2, moment(90))
    await store.keepLink(id, `link of ${id}`, Date.now() + day)
    const kept = JSON.parse((await redis.get(key)) ?? '{}')
    await redis.set(key, JSON.stringify({ ...kept, leaves: Date.now() + day }), 'PX', day)
    assert.notEqual(await use(id), 'refused')
    assert.ok(Math.abs((await daysLeft(key)) - 30) < 0.01)
  })
}

test('in Redis, mails are known for 30 days, days for 400', async () => {
  await store.request(requestOf('Ada'))
  await store.mailed(idOf('Ada'), 'key')
  assert.ok(Math.abs((await daysLeft('invite:mail:key')) - 30) < 0.01)
  assert.ok(Math.abs((await daysLeft(`invite:mails:${idOf('Ada')}`)) - 30) < 0.01)
  assert.ok(Math.abs((await daysLeft('invite:day:2026-01-05')) - 400) < 0.01)
})

test('in Redis, whose account it is, is known for 30 days', async () => {
  const { id } = await invited(store, 'Ada', 'hash')
  const claim = `invite:claim:${id}`
  await store.spendLink('hash', 'owner')
  assert.ok(Math.abs((await daysLeft(claim)) - 30) < 0.01)
  await redis.pexpire(claim, day)
  await store.accountMade(id, 'hash')
  assert.ok(Math.abs((await daysLeft(claim)) - 30) < 0.01)
  await redis.del(claim)
  assert.equal(await store.mayMakeAccount(id, 'hash'), false)
})

test('in Redis, a hold ends by itself', async () => {
  assert.ok(await store.hold('one', 200))
  await until(async () => (await store.hold('one', 60_000)) !== undefined, 'the hold to end')
})

test('an invite that left is in no list and no count', async () => {
  const { id } = await invited(store, 'Ada')
  await store.request(requestOf('Grace'))
  const gone = Date.now() - 1
  await redis.multi().del(`invite:id:${id}`).zadd('invite:leaving', gone, id).exec()
  assert.equal((await store.list({ text: '', from: 0, length: 9 })).count, 1)
  assert.deepEqual(await namesIn(store, { state: 'invited' }), [])
  assert.equal(await redis.zscore('invite:leaving', id), null)
})

test('what an invite that left has in the indexes goes with the next request', async () => {
  const { id } = await invited(store, 'Ada')
  await redis
    .multi()
    .del(`invite:id:${id}`)
    .zadd('invite:leaving', Date.now() - 1, id)
    .exec()
  await store.request(requestOf('Grace'))
  assert.equal(await redis.zscore('invite:all', id), null)
  assert.equal(await redis.zscore('invite:state:invited', id), null)
})

test('a forgotten invite leaves no key and no entry behind', async () => {
  const { id } = await invited(store, 'Ada', 'hash')
  await store.spendLink('hash', 'owner')
  await store.mailed(id, 'key')
  await store.delivered(id, 2, moment(90))
  await store.forget(id)
  assert.deepEqual(await redis.keys('*'), ['invite:day:2026-01-05'])
  assert.deepEqual(await redis.hgetall('invite:day:2026-01-05'), { requests: '1' })
})

test('every key is under the prefix of the invites, and none names a person', async () => {
  const { id } = await invited(store, 'Ada', 'hash')
  await store.spendLink('hash', 'owner')
  await store.mailed(id, 'key')
  await store.delivered(id, 2, moment(90))
  await store.hold(id, 60_000)
  const keys = await redis.keys('*')
  assert.ok(keys.length >= 10)
  assert.ok(keys.every((key) => key.startsWith('invite:') && !/ada|example/i.test(key)))
})

test('a page of ten thousand invites is read without the others', async () => {
  const people = Array.from({ length: 10_000 }, (_, n) =>
    requestOf(`Person ${n}`, { email: `${n}@example.com` }),
  )
  for (let n = 0; n < people.length; n += 500) {
    await Promise.all(people.slice(n, n + 500).map((request) => store.request(request)))
  }
  const sent = async () => Number(/total_net_output_bytes:(\d+)/.exec(await redis.info('stats'))?.[1])
  const begun = await sent()
  const page = await store.list({ text: '', state: 'requested', from: 5000, length: 50 })
  assert.deepEqual([page.invites.length, page.count], [50, 10_000])
  assert.ok((await sent()) - begun < 40_000)
  const found = await store.list({ text: 'PERSON', from: 0, length: 20 })
  assert.deepEqual([found.invites.length, found.count], [20, 5000])
  assert.equal((await store.list({ text: '', from: 0, length: 20_000 })).invites.length, 10_000)
})

test('two instances share the invites', async () => {
  const other = await openInviteStore(url)
  await invited(store, 'Ada', 'hash')
  const owners = Array.from({ length: 20 }, (_, n) => `owner ${n}`)
  const answers = await Promise.all(
    owners.map((owner, n) => (n % 2 ? store : other).spendLink('hash', owner)),
  )
  assert.equal(answers.filter((answer) => answer !== 'refused').length, 1)
  await other.close()
})

const isUnavailable = (error: unknown) => {
  assert.ok(error instanceof SiteError && error.code === 'unavailable', String(error))
  assert.match(error.message, /QUEUE_URL/)
  return true
}

for (const [fault, make, mend] of [
  ['dead', () => container.kill(), () => container.start()],
  ['frozen', () => container.pause(), () => container.unpause()],
] as const) {
  test(`Redis ${fault}: every method says unavailable, and what was kept is there afterwards`, async () => {
    const { id } = await invited(store, 'Ada', 'hash')
    await make()
    try {
      const works: (() => Promise<unknown>)[] = [
        () => store.request(requestOf('Grace')),
        () => store.invite(id, moment()),
        () => store.signedUp(id, 'looms', moment()),
        () => store.delivered(id, 2, moment()),
        () => store.find(id),
        () => store.ids(),
        () => store.list({ text: '', from: 0, length: 9 }),
        () => store.perDay(3),
        () => store.keepLink(id, 'other', Date.now() + day),
        () => store.keep(id),
        () => store.mayMakeAccount(id, 'hash'),
        // A frozen Redis does later what it was told, and this one must kill no link of Ada's.
        () => store.accountMade(idOf('Grace'), 'hash'),
        () => store.wasMailed('key'),
        () => store.mailed(id, 'key'),
        () => store.lastMailed(id),
        () => store.hold(id, 500),
      ]
      await Promise.all(works.map((work) => assert.rejects(work, isUnavailable)))
      assert.equal(store.state(), 'down')
    } finally {
      await mend()
    }
    await back()
    assert.equal(store.state(), 'up')
    assert.notEqual(await store.spendLink('hash', 'owner'), 'refused')
  })
}

test('letting go of a hold never fails', async () => {
  const release = await store.hold('one', 60_000)
  await container.kill()
  await release?.()
  await container.start()
  await back()
})

test('a store that opens before its Redis works once that is there', async () => {
  await container.kill()
  const early = await openInviteStore(url)
  assert.equal(early.state(), 'down')
  await assert.rejects(early.find('id'), isUnavailable)
  await container.start()
  await until(async () => (await early.find('id')) === undefined, 'the store to come up')
  assert.equal(early.state(), 'up')
  await early.close()
  await back()
})

test('a full Redis is said to be unavailable, without what the visitor typed', async () => {
  await redis.config('SET', 'maxmemory', '1')
  try {
    await assert.rejects(store.request(requestOf('Ada', { purpose: 'secret plan' })), (error) => {
      const { message, cause } = error as SiteError
      assert.match(message, /OOM/)
      assert.doesNotMatch(message, /ada@example|secret plan/)
      return isUnavailable(error) && cause === undefined
    })
  } finally {
    await redis.config('SET', 'maxmemory', '0')
  }
})
