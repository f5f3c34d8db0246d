import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { until } from '../until.ts'
import { type Front, startFront } from './front.ts'
import { startToldApp, type ToldApp } from './told.ts'

const kept = { 'X-Accel-Expires': '5', Vary: 'Accept-Encoding', ETag: '"one"' }
const cached = { ...kept, 'Cache-Control': 'public, max-age=0, s-maxage=300' }

let front: Front
let app: ToldApp
before(async () => {
  front = await startFront()
  app = await startToldApp(front)
})
after(() => front.stop())

const resultOf = async (path: string) => (await front.ask(path)).headers['x-front-cache']
const textOf = async (path: string) => (await front.ask(path)).text

test('a page is asked of the app once, and kept for everybody', async () => {
  await app.tell('/docs', { headers: cached, body: 'one' })
  const [first, second] = [await front.ask('/docs'), await front.ask('/docs')]
  assert.deepEqual([first.headers['x-front-cache'], first.text], ['MISS', 'one'])
  assert.deepEqual([second.headers['x-front-cache'], second.text], ['HIT', 'one'])
  assert.deepEqual(second.all('Cache-Control'), [cached['Cache-Control']])
  assert.equal(second.headers.vary, 'Accept-Encoding')
  assert.equal(second.headers['x-accel-expires'], undefined)
  assert.equal((await app.asked('/docs')).length, 1)
  assert.equal((await front.logged(second)).frontCache, 'HIT')
})

test('HEAD and a visitor who has the page are answered from the same copy', async () => {
  const head = await front.ask({ path: '/docs', method: 'HEAD' })
  assert.deepEqual([head.status, head.headers['x-front-cache'], head.text], [200, 'HIT', ''])
  for (const tag of ['"one"', 'W/"one"', '*']) {
    const again = await front.ask({ path: '/docs', headers: { 'If-None-Match': tag } })
    assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', '"one"'])
    assert.equal(again.headers['x-front-cache'], 'HIT')
  }
  const part = await front.ask({ path: '/docs', headers: { Range: 'bytes=1-' } })
  assert.ok(part.status === 200 ? part.text === 'one' : part.text === 'ne', 'the whole page or the part')
  assert.deepEqual(await app.asked('/docs'), [])
})

test('one copy an encoding, whatever a browser writes', async () => {
  await app.tell('/encodings', { headers: cached, body: 'x' })
  const written = [
    'gzip, deflate, br, zstd',
    'br',
    'br;q=1.0, gzip;q=0.8, *;q=0.1',
    'gzip',
    'deflate, gzip;q=1',
    '',
    'x',
  ]
  for (const accepted of written)
    await front.ask({ path: '/encodings', headers: { 'Accept-Encoding': accepted } })
  const asked = (await app.asked('/encodings')).map(({ headers }) => headers['accept-encoding'])
  assert.deepEqual(asked.sort(), ['br', 'gzip', 'identity'])
})

test('a query neither passes by the cache nor reaches another visitor', async () => {
  await app.tell('/asked', { headers: cached, body: 'x' })
  await app.tell('/moved', { status: 308, headers: { ...cached, Location: '/asked' } })
  for (const query of ['', '?', '?a=1', '?token=secret', '?x=%0d%0aSet-Cookie:y']) {
    assert.equal((await front.ask(`/asked${query}`)).status, 200)
    const { status, headers } = await front.ask(`/moved${query}`)
    assert.deepEqual([status, headers.location], [308, `/asked${query === '?' ? '' : query}`])
  }
  for (const path of ['/asked', '/moved'])
    assert.deepEqual(
      (await app.asked(path)).map(({ url }) => url),
      [path],
    )
})

test('the app learns nothing of the visitor for whom it makes a public page', async () => {
  await app.tell('/nobody', { headers: cached, body: 'x' })
  const headers = {
    Cookie: 'session=mine',
    Authorization: 'Basic mine',
    Referer: 'http://a.test/',
    'X-Shared-Cache': '0',
  }
  await front.ask({ path: '/nobody', headers: { ...headers, 'If-None-Match': '"one"', Range: 'bytes=0-1' } })
  const [asked] = await app.asked('/nobody')
  for (const name of ['cookie', 'authorization', 'if-none-match', 'range'])
    assert.equal(asked?.headers[name], undefined, name)
  assert.equal(asked?.headers['x-shared-cache'], '1')
  await front.ask({ path: '/welcome', headers: { ...headers, 'X-Shared-Cache': '1' } })
  const [own] = await app.asked('/welcome')
  assert.deepEqual([own?.headers.cookie, own?.headers['x-shared-cache']], ['session=mine', undefined])
})

test('a page is asked for the first time with the address of a visitor, and refreshed for nobody', async () => {
  await app.tell('/refreshed', { headers: cached, body: 'x' })
  await front.ask('/refreshed')
  const [first] = await app.asked('/refreshed')
  assert.match(first?.headers['x-forwarded-for'] ?? '', /^[\d.]+$/)
  await until(async () => (await resultOf('/refreshed')) === 'STALE', 'the copy to be old')
  const refreshes: Awaited<ReturnType<ToldApp['asked']>> = []
  await until(async () => refreshes.push(...(await app.asked('/refreshed'))) > 0, 'the refresh')
  for (const name of ['x-forwarded-for', 'x-real-ip'])
    assert.equal(refreshes[0]?.headers[name], undefined, name)
})

const never: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'without a word of the app about it': { 'Cache-Control': 'public, max-age=300' },
  'that sets a cookie': { ...cached, 'Set-Cookie': 'session=somebody' },
  'that says it is private': { ...cached, 'Cache-Control': 'private' },
  'that says it is not to be stored': { ...cached, 'Cache-Control': 'max-age=0, No-Store' },
  'that differs by cookie': { ...cached, Vary: 'Accept-Encoding, Cookie' },
  'of a megabyte and more': { ...cached, 'Content-Length': '1000000' },
}

for (const [number, [what, headers]] of Object.entries(never).entries())
  test(`an answer ${what} is never kept, and its cookie reaches nobody`, async () => {
    const path = `/never/${number}`
    const body = 'Content-Length' in headers ? 'x'.repeat(1_000_000) : 'mine'
    await app.tell(path, { headers, body })
    for (let count = 0; count < 3; count++) {
      const answer = await front.ask(path)
      assert.deepEqual([answer.status, answer.headers['x-front-cache'], answer.text], [200, 'MISS', body])
      assert.equal(answer.headers['set-cookie'], undefined)
    }
    assert.equal((await app.asked(path)).length, 3)
  })

test('private, query and form addresses are always asked of the app, with everything, and never kept', async () => {
  for (const path of [
    '/session',
    '/search',
    '/signup',
    '/invite',
    '/admin',
    '/admin/queue/x',
    '/hooks/crm',
  ]) {
    await app.tell(path, { headers: { ...cached, 'Set-Cookie': 's=1' }, body: 'mine' })
    for (let count = 0; count < 2; count++) {
      const answer = await front.ask({
        path: `${path}?q=1`,
        headers: { Cookie: 's=0', 'Accept-Encoding': 'x' },
      })
      assert.deepEqual(
        [answer.headers['x-front-cache'], answer.headers['set-cookie']],
        ['BYPASS', ['s=1']],
        path,
      )
    }
    const asked = (await app.asked(path)).map(({ url, headers }) => [
      url,
      headers.cookie,
      headers['accept-encoding'],
    ])
    assert.deepEqual(
      asked,
      [1, 2].map(() => [`${path}?q=1`, 's=0', 'x']),
    )
  }
})

test('a private page that nginx does not know of works, with its cookie, and is never kept', async () => {
  await app.tell('/mine', { headers: { 'Set-Cookie': 's=1' }, body: 'mine', toEverybody: refused })
  for (let count = 0; count < 3; count++) {
    const answer = await front.ask({ path: '/mine?a=1', headers: { Cookie: 's=0' } })
    assert.deepEqual([answer.status, answer.text], [200, 'mine'])
    assert.deepEqual([answer.headers['x-front-cache'], answer.headers['set-cookie']], ['BYPASS', ['s=1']])
  }
  const asked = (await app.asked('/mine')).map(({ url, headers }) => [url, headers.cookie])
  assert.deepEqual(asked, [['/mine', undefined], ...[1, 2, 3].map(() => ['/mine?a=1', 's=0'])])
})

test('what changes something is passed on whole, wherever it is sent', async () => {
  await app.tell('/docs', { headers: cached, body: 'one' })
  const answer = await front.ask({ path: '/docs?a=1', method: 'POST', body: 'x', headers: { Cookie: 's=0' } })
  assert.equal(answer.headers['x-front-cache'], 'BYPASS')
  const [asked] = await app.asked('/docs')
  assert.deepEqual([asked?.method, asked?.url, asked?.headers.cookie], ['POST', '/docs?a=1', 's=0'])
})

test('an address that was made up leaves nothing behind', async () => {
  await app.tell('/made-up', { status: 404, headers: cached, body: 'nothing' })
  for (let count = 0; count < 2; count++) assert.equal(await resultOf('/made-up'), 'MISS')
})

test('of many who ask for a new page at once, one reaches the app', async () => {
  await app.tell('/new', { headers: cached, body: 'new', after: 100 })
  const answers = await Promise.all(Array.from({ length: 50 }, () => front.ask('/new')))
  assert.ok(answers.every(({ text }) => text === 'new'))
  assert.equal((await app.asked('/new')).length, 1)
})

const refused = { status: 421, headers: { 'X-Accel-Expires': '5' } }
const large = 'x'.repeat(1_000_000)

const ends: Readonly<Record<string, Parameters<ToldApp['tell']>[1]>> = {
  'was changed': { headers: cached, body: 'new' },
  'was deleted': { status: 404, headers: cached, body: 'new' },
  moved: { status: 301, headers: { ...cached, Location: '/docs' }, body: 'new' },
  'became a large file': { headers: { 'Content-Length': '1000000' }, body: large, toEverybody: refused },
  'became private': { body: 'new', toEverybody: refused },
}

for (const [what, answer] of Object.entries(ends))
  test(`a page that ${what} is shown for some seconds at most, and then as the app has it`, async () => {
    const path = `/page-that-${what.replaceAll(' ', '-')}`
    await app.tell(path, { headers: cached, body: 'old' })
    assert.equal(await textOf(path), 'old')
    await app.tell(path, answer)
    const start = performance.now()
    await until(async () => (await textOf(path)) === (answer.body ?? ''), 'the new answer')
    assert.ok(performance.now() - start < 15_000)
    const { status, headers } = await front.ask(path)
    assert.deepEqual(
      [status, headers['x-front-cache']],
      [answer.status ?? 200, 'toEverybody' in answer ? 'BYPASS' : 'HIT'],
    )
  })

test('while the app is slow or failing the old page is shown, at once', async () => {
  await app.tell('/old', { headers: cached, body: 'old' })
  await textOf('/old')
  await until(async () => (await resultOf('/old')) === 'STALE', 'the copy to be old')
  await app.tell('/old', { headers: cached, body: 'new', after: 9000 })
  await until(async () => (await resultOf('/old')) === 'STALE', 'the copy to be old')
  const start = performance.now()
  for (let count = 0; count < 20; count++) assert.equal(await resultOf('/old'), 'UPDATING')
  assert.ok(performance.now() - start < 5000, 'nobody waits for the app')
  await until(async () => (await textOf('/old')) === 'new', 'the new page')
})

test('a failing app is hidden by the old page', async () => {
  await app.tell('/failing', { headers: cached, body: 'old' })
  await textOf('/failing')
  for (const status of [500, 503]) {
    await app.tell('/failing', { status, body: 'failed' })
    await until(async () => (await resultOf('/failing')) !== 'HIT', 'the copy to be old')
    for (let count = 0; count < 5; count++) assert.equal(await textOf('/failing'), 'old')
  }
})
