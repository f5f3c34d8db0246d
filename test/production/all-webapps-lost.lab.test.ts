import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Person, personAt } from './people.ts'
import { type ProductionStack, productionUp } from './stack.ts'

const pages = ['/', '/docs', '/docs/caching', '/blog', '/feed.xml', '/sitemap.xml', '/robots.txt', '/about']
const own = ['/session', '/search?q=redis', '/invite', '/admin/sign-in']
const mostMilliseconds = 50

let stack: ProductionStack
before(async () => {
  stack = await productionUp()
})
after(() => stack?.down())

test('what nginx keeps outlives its last visitor by an hour and more', () => {
  const conf = readFileSync('nginx/conf/page-cache.conf', 'utf8')
  const [, hours] = /inactive=(\d+)h/.exec(conf) ?? []
  assert.ok(Number(hours) >= 1)
})

/** Asks for pages as a browser does: all over one HTTP/2 connection. */
function browser() {
  const session = connect(stack.url, { rejectUnauthorized: false })
  return {
    async page(path: string): Promise<{ status: number; result: string; text: string }> {
      const stream = session.request({ ':path': path })
      const [head] = await once(stream, 'response')
      return { status: head[':status'], result: String(head['x-front-cache']), text: await text(stream) }
    },
    close: () => session.close(),
  }
}

type Browser = ReturnType<typeof browser>

/** Asks until the copy is older than its seconds, so that the app is missed. */
async function untilOld({ page }: Browser): Promise<void> {
  for (const path of pages) await until(async () => (await page(path)).result !== 'HIT', `${path} to be old`)
}

async function assertPagesStay({ page }: Browser): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < 5; round++)
    for (const path of pages) {
      const start = performance.now()
      const { status, result, text } = await page(path)
      times.push(performance.now() - start)
      assert.deepEqual([status, text.length > 0], [200, true], path)
      assert.match(result, /^(?:STALE|UPDATING)$/, path)
    }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.POSITIVE_INFINITY
  assert.ok(median < mostMilliseconds, `${median} ms at the median`)
}

async function assertOwnPagesSaySo(who: Person): Promise<void> {
  for (const path of own) {
    const { status, headers, text } = await who.get(path)
    assert.equal(status, 503, path)
    assert.match(String(headers['retry-after']), /^\d+$/, path)
    assert.match(text, /<html lang="en">.*<h1>[^<]+<\/h1>/s, path)
    assert.match(String(headers['cache-control']), /no-store/, path)
    assert.match(String(headers['content-security-policy']), /default-src 'none'/, path)
  }
}

const losses = {
  killed: ['kill', 'start'],
  frozen: ['pause', 'unpause'],
  stopped: ['stop', 'start'],
} as const

for (const [how, [lose, find]] of Object.entries(losses))
  test(`with all webapps ${how}, pages are served on and private ones answer 503`, {
    timeout: 120_000,
  }, async () => {
    const [who, pagesOf] = [personAt(stack.url), browser()]
    const instances = await stack.containers('webapp')
    const isBack = async () => (await who.get('/session')).status === 200
    await until(isBack, 'the webapps')
    for (const path of pages) assert.equal((await pagesOf.page(path)).status, 200, path)
    await docker(lose, ...instances)
    try {
      await until(async () => (await who.get('/session')).status === 503, 'the loss to be seen')
      await untilOld(pagesOf)
      await assertPagesStay(pagesOf)
      await assertOwnPagesSaySo(who)
      const { status } = await who.get('/never/seen/before')
      assert.equal(status, 503)
    } finally {
      await docker(find, ...instances)
    }
    await until(isBack, 'the webapps')
    await until(async () => (await pagesOf.page('/docs')).result === 'HIT', 'new copies')
    who.leave()
    pagesOf.close()
  })

test('without the balancer, too, pages are served on and private ones answer 503', {
  timeout: 120_000,
}, async () => {
  const [who, pagesOf] = [personAt(stack.url), browser()]
  for (const path of pages) assert.equal((await pagesOf.page(path)).status, 200, path)
  await stack.compose('kill', 'balancer')
  await until(async () => (await who.get('/session')).status === 503, 'the loss to be seen')
  await untilOld(pagesOf)
  await assertPagesStay(pagesOf)
  await assertOwnPagesSaySo(who)
  who.leave()
  pagesOf.close()
})
