import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type Container, startContainer } from '../lab/docker.ts'
import { startSite, type TestSite } from '../site/site.ts'
import { until } from '../until.ts'

let container: Container
let sessionsUrl: string
let redis: Redis

before(async () => {
  const args = ['--appendonly', 'yes', '--appendfsync', 'everysec']
  container = await startContainer({ image: 'redis:8.10.1', args, ports: [6379] })
  sessionsUrl = `redis://127.0.0.1:${container.port(6379)}`
  redis = new Redis(sessionsUrl)
  redis.on('error', () => {})
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to answer')
})

after(async () => {
  redis.disconnect()
  await container.remove()
})

const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

const visitorNamed = async (site: TestSite, name: string) => {
  await until(async () => (await site.get('/session')).status === 200, 'sessions')
  return cookieOf(await site.post('/session', { name }))
}

test('the first private request of an instance finds its store connected', async (t) => {
  const site = await startSite(t, { sessionsUrl })
  assert.equal((await site.get('/session')).status, 200)
})

test('a session is known to every instance, and survives a killed Redis', async (t) => {
  const [one, other] = [await startSite(t, { sessionsUrl }), await startSite(t, { sessionsUrl })]
  const cookie = await visitorNamed(one, 'Ann')
  assert.match(await (await other.get('/session', { cookie })).text(), /Ann/)
  // What the store promises is a second: appendfsync everysec.
  await wait(1500)
  await container.kill()
  await container.start()
  await until(async () => (await one.get('/session', { cookie })).status === 200, 'sessions to be back')
  assert.match(await (await one.get('/session', { cookie })).text(), /Ann/)
})

for (const [fault, make, mend] of [
  ['dead', () => container.kill(), () => container.start()],
  ['frozen', () => container.pause(), () => container.unpause()],
] as const) {
  test(`sessions ${fault}: private pages say so at once, public ones do not notice`, async (t) => {
    const site = await startSite(t, { sessionsUrl })
    const cookie = await visitorNamed(site, 'Ann')
    await make()
    try {
      for (const answer of [
        await site.get('/session', { cookie }),
        await site.get('/session'),
        await site.post('/session', { name: 'Bob' }, { cookie }),
      ]) {
        assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'])
        assert.equal(answer.headers.get('cache-control'), 'private, no-store')
        assert.match(await answer.text(), /Back in a moment/)
      }
      assert.equal((await site.get('/docs', { cookie })).status, 200)
    } finally {
      await mend()
    }
    await until(async () => (await site.get('/session', { cookie })).status === 200, 'sessions to be back')
  })
}

test('public pages never touch the session store', async (t) => {
  const site = await startSite(t, { sessionsUrl })
  const cookie = await visitorNamed(site, 'Ann')
  const commands = async () => {
    const stats = await redis.info('commandstats')
    return [...stats.matchAll(/cmdstat_(?:get|set|expire|del):calls=(\d+)/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    )
  }
  // Saving and touching the visitor's session may still be on its way.
  await wait(300)
  const start = await commands()
  for (const path of ['/', '/docs', '/blog', '/blog/first', '/nowhere']) await site.get(path, { cookie })
  assert.equal(await commands(), start)
  await site.get('/session', { cookie })
  assert.ok((await commands()) > start)
})
