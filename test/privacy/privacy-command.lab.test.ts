import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Redis } from 'ioredis'
import { openCrm } from '../../app/crm/open-crm.ts'
import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import type { TaskQueue } from '../../app/deliveries/task-queue.ts'
import { inviteId } from '../../app/invites/invite.ts'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { connectRedis, firstConnection } from '../../app/redis/connect.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { runPrivacy } from './run-privacy.ts'

const at = '2026-01-02T03:04:05.000Z'
const ann = { email: 'ann@example.com', name: 'Ann', company: 'Acme', purpose: 'To try it', at }
const bob = { ...ann, email: 'bob@example.com', name: 'Bob' }
const outboxDir = mkdtempSync(join(tmpdir(), 'dogfood-outbox-'))

let container: Container
let settings: Record<string, string>
let redis: Redis
let queue: TaskQueue
let invites: InviteStore
before(async () => {
  container = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  const url = `redis://127.0.0.1:${container.port(6379)}`
  settings = { QUEUE_URL: url, SESSIONS_URL: url, OUTBOX_DIR: outboxDir }
  redis = connectRedis(url)
  await firstConnection(redis, 5000)
  await until(async () => (await redis.ping()) === 'PONG', 'Redis')
  // So that a test can look for an address in all there is.
  await redis.config('SET', 'rdbcompression', 'no')
  ;[queue, invites] = await Promise.all([openTaskQueue(url), openInviteStore(url)])
})
after(async () => {
  await Promise.all([queue?.close(), invites?.close()])
  redis?.disconnect()
  await container?.remove()
})

const crm = () => openCrm({ crmUrl: 'outbox:', crmToken: '', outboxDir })

async function keepBoth(): Promise<void> {
  await redis.flushall()
  for (const person of [ann, bob]) {
    const { id, version } = await invites.request(person)
    await invites.keepLink(id, `hash of ${person.name}`, Date.now() + 3_600_000)
    await invites.mailed(id, `mail of ${person.name}`)
    await queue.add(
      { kind: 'contact', id: `contact-${person.name}`, inviteId: id, version },
      { delaySeconds: 600 },
    )
    await queue.add({ kind: 'request', id: `request-${person.name}`, request: person })
    const held = { cookie: { path: '/' }, signup: { inviteId: id, email: person.email, name: person.name } }
    await redis.set(`session:${person.name}`, JSON.stringify(held))
    await crm().upsert({ ...person, status: 'requested' })
  }
  await redis.set(
    'session:other',
    JSON.stringify({ cookie: { path: '/' }, visitor: { name: 'Ann', visits: 1 } }),
  )
}

test('an export is the JSON of all that is kept of the person, and where more is', async () => {
  await keepBoth()
  const { status, stdout, stderr } = await runPrivacy(settings, 'export', ' Ann@Example.com')
  assert.equal(status, 0, stderr)
  const exported = JSON.parse(stdout)
  assert.equal(exported.invite.id, inviteId(ann.email))
  assert.deepEqual(
    [exported.invite.name, exported.invite.company, exported.invite.purpose],
    ['Ann', 'Acme', 'To try it'],
  )
  assert.ok(Date.parse(exported.links.lastMailedAt) > 0)
  const tasks = exported.tasks.map(({ queue: name, state, task }: Record<string, { kind: string }>) => [
    name,
    state,
    task?.kind,
  ])
  assert.deepEqual(tasks.sort(), [
    ['crm', 'delayed', 'contact'],
    ['requests', 'waiting', 'request'],
  ])
  assert.deepEqual(exported.sessions, [{ inviteId: inviteId(ann.email), email: ann.email, name: 'Ann' }])
  assert.deepEqual(Object.keys(exported.elsewhere), ['crm', 'accounts', 'mail', 'backups'])
  assert.doesNotMatch(stdout, /bob/i)
})

test('an export of somebody unknown says that nothing is kept', async () => {
  const { status, stdout } = await runPrivacy(settings, 'export', 'nobody@example.com')
  const { invite, links, tasks, sessions } = JSON.parse(stdout)
  assert.deepEqual([status, invite, links, tasks, sessions], [0, null, { lastMailedAt: null }, [], []])
})

test('forgetting removes the person everywhere, and nobody else', async () => {
  await keepBoth()
  const { status, stdout, stderr } = await runPrivacy(settings, 'forget', 'ann@example.com', '--yes')
  assert.equal(status, 0, stderr)
  assert.match(
    stdout,
    /^queue: 2 task\(s\) removed\ninvites: the invite, .* removed\nsessions: 1 session\(s\) removed\nCRM: /,
  )
  assert.match(stdout, /Not within reach of this command: the account, if one was made, at http/)

  const keys = await redis.keys('*')
  const values = await Promise.all(keys.map((key) => redis.dumpBuffer(key)))
  const everything = Buffer.concat([
    Buffer.from(keys.join('\n')),
    ...values.map((value) => value ?? Buffer.alloc(0)),
  ])
  assert.equal(everything.includes('bob@example.com'), true)
  assert.equal(everything.includes('ann@example.com'), false)
  assert.equal(everything.includes(inviteId(ann.email)), false)
  assert.doesNotMatch(readFileSync(join(outboxDir, 'crm.jsonl'), 'utf8'), /ann@example\.com/)

  assert.equal((await invites.find(inviteId(bob.email)))?.name, 'Bob')
  assert.equal((await queue.counts()).crm.retry, 1)
  assert.deepEqual([await redis.exists('session:Bob'), await redis.exists('session:other')], [1, 1])
  const again = await runPrivacy(settings, 'forget', 'ann@example.com', '--yes')
  assert.deepEqual(
    [again.status, /^queue: nothing was there\ninvites: nothing was there/.test(again.stdout)],
    [0, true],
  )
})

test('nothing is removed unless it is confirmed', async () => {
  await keepBoth()
  const { status, stderr } = await runPrivacy(settings, 'forget', 'ann@example.com')
  assert.equal(status, 1)
  assert.match(stderr, /Nothing was removed/)
  assert.equal((await invites.find(inviteId(ann.email)))?.name, 'Ann')
})

test('a CRM that cannot be asked is named, the rest is done, and the command can be run again', async () => {
  await keepBoth()
  const away = { ...settings, CRM_URL: 'http://127.0.0.1:1', CRM_TOKEN: 'a token' }
  const { status, stdout, stderr } = await runPrivacy(away, 'forget', 'ann@example.com', '--yes')
  assert.equal(status, 1)
  assert.match(stdout, /CRM: NOT DONE: crm: /)
  assert.match(stderr, /Not everything was removed. Mend what is named above, and run the command again/)
  assert.equal(await invites.find(inviteId(ann.email)), undefined)
  assert.equal((await runPrivacy(settings, 'forget', 'ann@example.com', '--yes')).status, 0)
})
