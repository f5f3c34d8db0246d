import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { Redis } from 'ioredis'
import type { Config } from '../../app/config/config.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { startSite, type TestSite } from '../site/site.ts'
import { token as accountsToken, type RunningStandIns, runStandIns } from '../standins/running.ts'
import { until } from '../until.ts'
import { invited } from './invited.ts'
import { hiddenFields, type Visitor, visitorOf, wayOf } from './visitor.ts'

const args = ['--appendonly', 'yes', '--appendfsync', 'always', '--rdbcompression', 'no']
const form = { password: 'three white horses', terms: 'yes' }

let sessions: Container
let queue: Container
const urlOf = (container: Container) => `redis://127.0.0.1:${container.port(6379)}`

before(async () => {
  const start = () => startContainer({ image: 'redis:8.10.1', args, ports: [6379] })
  ;[sessions, queue] = await Promise.all([start(), start()])
  for (const container of [sessions, queue]) await until(() => command(container, 'PING'), 'Redis')
})
after(() => Promise.all([sessions?.remove(), queue?.remove()]))

async function command(container: Container, name: string, ...more: string[]): Promise<boolean> {
  const redis = new Redis(urlOf(container), { lazyConnect: true, maxRetriesPerRequest: 0 })
  redis.on('error', () => {})
  try {
    await redis.connect()
    await redis.call(name, ...more)
    return true
  } finally {
    redis.disconnect()
  }
}

/** Whole sites with the same stores, as the instances of a release are. */
async function startRelease(t: TestContext) {
  const standIns = await runStandIns(t)
  const settings: Partial<Config> = {
    ...{ sessionsUrl: urlOf(sessions), queueUrl: urlOf(queue) },
    ...{ accountsUrl: standIns.url, accountsToken },
  }
  const instance = async () => {
    const site = await startSite(t, settings)
    await until(async () => (await site.get('/signup/workspace')).status === 200, 'its stores')
    return site
  }
  return { standIns, instance }
}

async function invite({ config }: TestSite, email: string) {
  const invites = await openInviteStore(config.queueUrl)
  try {
    return await invited(invites, config.signupSecrets[0] ?? '', { email })
  } finally {
    await invites.close()
  }
}

const onTo = (site: TestSite, { cookie }: Visitor): Visitor => Object.assign(visitorOf(site.url), { cookie })
const accountsOf = async (standIns: RunningStandIns, email: string) =>
  (await standIns.state()).accounts.filter((account) => account.email === email)

test('each step on another instance, with a deploy in between, loses nothing', async (t) => {
  const { standIns, instance } = await startRelease(t)
  const [one, other] = [await instance(), await instance()]
  const { link } = await invite(one, 'ada@example.com')
  const first = visitorOf(one.url)
  const fields = hiddenFields(await (await first.get(link)).text())
  const second = onTo(other, first)
  assert.equal(wayOf(await second.post('/signup', fields)), '303 /signup/workspace')
  const third = onTo(one, second)
  assert.equal(wayOf(await third.submit('/signup/workspace', { workspace: 'engine' })), '303 /signup/account')
  await Promise.all([one.close(), other.close()])
  const next = onTo(await instance(), third)
  assert.match(await (await next.get('/signup/account')).text(), /<strong>engine<\/strong>/)
  assert.equal(wayOf(await next.submit('/signup/account', form)), '303 /welcome')
  assert.match(await (await next.get('/welcome')).text(), /Welcome, <bdi>Ada Lovelace/)
  assert.equal((await accountsOf(standIns, 'ada@example.com')).length, 1)
  assert.equal((await visitorOf((await instance()).url).submit(link)).status, 404)
})

test('two clicks that reach two instances begin one signup and make one account', async (t) => {
  const { standIns, instance } = await startRelease(t)
  const sites = [await instance(), await instance()] as const
  const { link } = await invite(sites[0], 'grace@example.com')
  const visitor = visitorOf(sites[0].url)
  const begin = hiddenFields(await (await visitor.get(link)).text())
  const tabs = sites.map((site) => onTo(site, visitor))
  const begun = await Promise.all(tabs.map((tab) => tab.post('/signup', begin)))
  assert.deepEqual(begun.map(wayOf), Array(2).fill('303 /signup/workspace'))
  const [tab] = tabs as [Visitor]
  await tab.submit('/signup/workspace', { workspace: 'compiler' })
  const last = { ...hiddenFields(await (await tab.get('/signup/account')).text()), ...form }
  const made = await Promise.all(sites.map((site) => onTo(site, tab).post('/signup/account', last)))
  assert.deepEqual(made.map(wayOf), Array(2).fill('303 /welcome'))
  assert.equal((await accountsOf(standIns, 'grace@example.com')).length, 1)
})

test('sessions that cannot be written: the spent link and the made account wait for the same form', async (t) => {
  const { standIns, instance } = await startRelease(t)
  const site = await instance()
  const { link } = await invite(site, 'mary@example.com')
  const visitor = visitorOf(site.url)
  const refuse = (writes: '0' | '1') => command(sessions, 'CONFIG', 'SET', 'min-replicas-to-write', writes)
  const refused = async (path: string, fields: Record<string, string>) => {
    const { cookie } = visitor
    await refuse('1')
    const answer = await visitor.post(path, fields).finally(() => refuse('0'))
    assert.equal(answer.status, 503)
    assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
    assert.equal(visitor.cookie, cookie)
    return answer.text()
  }
  const begin = hiddenFields(await (await visitor.get(link)).text())
  assert.deepEqual(hiddenFields(await refused('/signup', begin)), begin)
  assert.equal(wayOf(await visitor.post('/signup', begin)), '303 /signup/workspace')
  await visitor.submit('/signup/workspace', { workspace: 'loom' })
  const last = { ...hiddenFields(await (await visitor.get('/signup/account')).text()), ...form }
  assert.match(await refused('/signup/account', last), /id="retry">Your account is made, but/)
  assert.equal(wayOf(await visitor.post('/signup/account', last)), '303 /welcome')
  assert.equal((await accountsOf(standIns, 'mary@example.com')).length, 1)
})

test('no store was ever told a password or a token, not even for a moment', async (t) => {
  const { standIns, instance } = await startRelease(t)
  const site = await instance()
  const { id, link, token } = await invite(site, 'joan@example.com')
  const visitor = visitorOf(site.url)
  await visitor.submit(link)
  await visitor.submit('/signup/workspace', { workspace: 'bombe' })
  await standIns.setFault('accounts', 'reset')
  assert.equal((await visitor.submit('/signup/account', form)).status, 503)
  await standIns.setFault('accounts', null)
  assert.equal(wayOf(await visitor.submit('/signup/account', form)), '303 /welcome')
  const written = await Promise.all(
    [sessions, queue].map((container) =>
      docker('exec', container.name, 'sh', '-c', 'cat /data/appendonlydir/*'),
    ),
  )
  for (const log of written) assert.ok(log.includes(id))
  for (const text of [...written, site.lines.join('')]) {
    for (const secret of ['horses', token, token.slice(0, 43)]) assert.ok(!text.includes(secret), secret)
  }
})
