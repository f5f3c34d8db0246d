import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageCache } from '../../app/cache/page-cache.ts'
import { noPageStore, type PageStore } from '../../app/cache/page-store.ts'

/** A source that counts its renders and takes a moment for each. */
const countedSource = (html = '<p>page</p>') => {
  const source = {
    renders: 0,
    cacheControl: 'public, max-age=0',
    render: async () => {
      source.renders += 1
      await new Promise((done) => setTimeout(done, 20))
      return html
    },
  }
  return source
}

const cacheWith = (store: PageStore = noPageStore, memoryMb = 8) => {
  const cache = pageCache({ memoryMb, store })
  cache.use('1')
  return cache
}

test('a page is rendered once however many ask at once, in whatever encoding', async () => {
  const [cache, source] = [cacheWith(), countedSource()]
  const asked = Array.from({ length: 60 }, (_, i) =>
    cache.get('/', (['br', 'gzip', 'identity'] as const)[i % 3] ?? 'br', source),
  )
  const answers = await Promise.all(asked)
  assert.equal(source.renders, 1)
  assert.equal(answers[2]?.variant.body.toString(), '<p>page</p>')
  assert.equal((await cache.get('/', 'gzip', source)).from, 'memory')
})

test('a new version forgets every page', async () => {
  const [cache, source] = [cacheWith(), countedSource()]
  await cache.get('/', 'br', source)
  cache.use('2')
  assert.equal(cache.peek('/', 'br'), undefined)
  await cache.get('/', 'br', source)
  assert.equal(source.renders, 2)
})

test('a page whose version went while it was rendered is not kept for the next one', async () => {
  const [cache, source] = [cacheWith(), countedSource()]
  const asked = cache.get('/', 'br', source)
  cache.use('2')
  await asked
  assert.equal(cache.peek('/', 'br'), undefined)
})

test('memory is bounded in bytes', async () => {
  const cache = cacheWith(noPageStore, 1)
  for (let i = 0; i < 40; i++) await cache.get(`/${i}`, 'identity', countedSource('x'.repeat(100_000)))
  const kept = Array.from({ length: 40 }, (_, i) => cache.peek(`/${i}`, 'identity')).filter(Boolean)
  assert.ok(kept.length > 0 && kept.length <= 10, `${kept.length} kept`)
})

test('a failed render fails its visitors only, and the next visitor tries again', async () => {
  const cache = cacheWith()
  const broken = { cacheControl: '', render: () => Promise.reject(new Error('no template')) }
  await assert.rejects(cache.get('/', 'br', broken), /no template/)
  assert.equal((await cache.get('/', 'br', countedSource())).from, 'render')
})

test('a store that rejects every call changes nothing but where the page comes from', async () => {
  const away = () => Promise.reject(new Error('away'))
  const cache = cacheWith({ ...noPageStore, claim: away, set: away, release: away })
  assert.equal((await cache.get('/', 'br', countedSource())).from, 'render')
})

test('the right to render is let go of when rendering or storing fails', async () => {
  const released: string[] = []
  const full = () => Promise.reject(new Error('full'))
  const store = { ...noPageStore, set: full, release: async (key: string) => void released.push(key) }
  const cache = cacheWith(store)
  await cache.get('/stored', 'br', countedSource())
  await assert.rejects(cache.get('/rendered', 'br', { cacheControl: '', render: full }))
  await new Promise((done) => setImmediate(done))
  assert.deepEqual(released, ['page:1:/stored', 'page:1:/rendered'])
})

test('each encoding has its own ETag, and the same bytes have the same one', async () => {
  const [cache, other] = [cacheWith(), cacheWith()]
  const br = (await cache.get('/', 'br', countedSource())).variant
  const gzip = (await cache.get('/', 'gzip', countedSource())).variant
  assert.notEqual(br.etag, gzip.etag)
  assert.equal((await other.get('/', 'br', countedSource())).variant.etag, br.etag)
})
