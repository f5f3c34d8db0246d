import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type Container, startContainer } from '../lab/docker.ts'
import { contentFolder, startSite, type TestSite } from '../site/site.ts'
import { until } from '../until.ts'

let container: Container
let cacheUrl: string
let redis: Redis

before(async () => {
  container = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  cacheUrl = `redis://127.0.0.1:${container.port(6379)}`
  redis = new Redis(cacheUrl)
  redis.on('error', () => {})
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to answer')
})

after(async () => {
  redis.disconnect()
  await container.remove()
})

const cacheOf = async (site: TestSite, path: string) => {
  const answer = await site.get(path)
  await answer.arrayBuffer()
  assert.equal(answer.status, 200)
  return answer.headers.get('x-page-cache')
}

const connected = (site: TestSite) =>
  until(async () => {
    const ready = (await (await site.get('/readyz')).json()) as { stores: { cache: string } }
    return ready.stores.cache === 'up' && (await redis.ping()) === 'PONG'
  }, 'the page cache to be connected')

/** How often Redis ran a command since `CONFIG RESETSTAT`. */
const callsOf = async (command: string): Promise<number> => {
  const found = new RegExp(`^cmdstat_${command}:calls=(\\d+)`, 'm').exec(await redis.info('commandstats'))
  return Number(found?.[1] ?? 0)
}

// Only against hanging: the slowest machine needs a fraction of it.
const hangs = { timeout: 60_000 }

const storeWarnings = ({ lines }: TestSite) => lines.filter((line) => JSON.parse(line).store === 'page cache')

test('a page that one instance rendered comes from Redis on another', async (t) => {
  await redis.flushall()
  const [one, other] = [await startSite(t, { cacheUrl }), await startSite(t, { cacheUrl })]
  await Promise.all([connected(one), connected(other)])
  assert.equal(await cacheOf(one, '/docs'), 'render')
  await until(async () => (await redis.keys('page:*')).length === 1, 'the page to be stored')
  assert.equal(await cacheOf(other, '/docs'), 'redis')
  assert.equal(await cacheOf(other, '/docs'), 'memory')
})

test('the first request of a new instance finds what others rendered', async (t) => {
  await redis.flushall()
  const contentDir = contentFolder()
  const one = await startSite(t, { cacheUrl, contentDir })
  await cacheOf(one, '/docs')
  await until(async () => (await redis.keys('page:*')).length === 1, 'the page to be stored')
  const other = await startSite(t, { cacheUrl, contentDir })
  assert.equal(await cacheOf(other, '/docs'), 'redis')
})

test('200 requests at once on three instances render a page once', async (t) => {
  await redis.flushall()
  const sites = await Promise.all([1, 2, 3].map(() => startSite(t, { cacheUrl })))
  await Promise.all(sites.map(connected))
  await redis.config('RESETSTAT')
  const asked = Array.from({ length: 201 }, (_, i) => sites[i % 3]?.get('/docs/next'))
  const answers = await Promise.all(asked)
  assert.ok(answers.every((answer) => answer?.status === 200))
  // A rendered page is stored behind its visitor's back, and then gives up its lock: after that nothing is under way.
  await until(
    async () => (await callsOf('del')) > 0 && (await redis.keys('*#lock')).length === 0,
    'the lock to go',
  )
  await wait(200)
  assert.equal(await callsOf('hset'), 1)
})

test('another release or other content never gets the page', async (t) => {
  await redis.flushall()
  const contentDir = contentFolder()
  const one = await startSite(t, { cacheUrl, contentDir })
  const others = [
    await startSite(t, { cacheUrl, contentDir, release: '2' }),
    await startSite(t, {
      cacheUrl,
      contentDir: contentFolder({ 'pages/docs/index.md': '---\ntitle: x\n---\nOther.\n' }),
    }),
  ]
  await Promise.all([one, ...others].map(connected))
  await cacheOf(one, '/docs')
  await until(async () => (await redis.keys('page:*')).length === 1, 'the page to be stored')
  for (const other of others) assert.equal(await cacheOf(other, '/docs'), 'render')
})

test('garbage in Redis is rendered over', async (t) => {
  await redis.flushall()
  const site = await startSite(t, { cacheUrl, pageMemoryMb: 0 })
  await connected(site)
  await cacheOf(site, '/docs')
  await until(async () => (await cacheOf(site, '/docs')) === 'redis', 'the page to come from Redis')
  const [key = ''] = await redis.keys('page:*')
  const damages = [
    () => redis.hset(key, 'br', 'garbage', 'gzip', 'garbage', 'identity', ''),
    () => redis.set(key, 'not even a hash'),
    () => redis.del(key),
  ]
  for (const damage of damages) {
    await damage()
    assert.equal(await cacheOf(site, '/docs'), 'render')
    await until(async () => (await cacheOf(site, '/docs')) === 'redis', 'the page to come from Redis')
  }
})

test('a full Redis serves what it has and costs nothing', async (t) => {
  await redis.flushall()
  const site = await startSite(t, { cacheUrl, pageMemoryMb: 0 })
  await connected(site)
  await cacheOf(site, '/docs')
  await until(async () => (await cacheOf(site, '/docs')) === 'redis', 'the page to come from Redis')
  await redis.config('SET', 'maxmemory-policy', 'noeviction')
  await redis.config('SET', 'maxmemory', '1')
  t.after(() => redis.config('SET', 'maxmemory', '0'))
  assert.equal(await cacheOf(site, '/docs'), 'redis')
  for (let i = 0; i < 20; i++) assert.equal(await cacheOf(site, '/blog'), 'render')
  assert.equal(storeWarnings(site).length, 1, storeWarnings(site).join(''))
})

test(
  'a frozen Redis is asked by one request and spared by others, and used again when it thaws',
  hangs,
  async (t) => {
    await redis.flushall()
    const site = await startSite(t, { cacheUrl, pageMemoryMb: 0 })
    await connected(site)
    await cacheOf(site, '/docs')
    await until(async () => (await redis.keys('*#lock')).length === 0, 'the page to be stored')
    await redis.config('RESETSTAT')
    await container.pause()
    for (let i = 0; i < 200; i++) assert.equal(await cacheOf(site, '/docs'), 'render')
    assert.equal(storeWarnings(site).length, 1)
    await container.unpause()
    // What was sent to the frozen Redis waited in its socket, so now it is counted. While it was away for a
    // second or two, at most a few requests tried it again.
    const asked = await callsOf('evalsha')
    assert.ok(asked > 0 && asked < 10, `${asked} of 200 requests asked Redis`)
    await until(async () => (await cacheOf(site, '/docs')) === 'redis', 'the page to come from Redis')
  },
)

test('a killed Redis is noticed once in the log, and used again when it is back', async (t) => {
  const site = await startSite(t, { cacheUrl, pageMemoryMb: 0 })
  await connected(site)
  await container.kill()
  for (let i = 0; i < 50; i++) assert.equal(await cacheOf(site, '/docs'), 'render')
  assert.equal(storeWarnings(site).length, 1, storeWarnings(site).join(''))
  await container.start()
  await until(async () => (await cacheOf(site, '/docs')) === 'redis', 'the page to come from Redis')
  await wait(50)
  // A busy machine may find it slow once more while it starts.
  assert.ok(storeWarnings(site).length <= 4, storeWarnings(site).join(''))
})
