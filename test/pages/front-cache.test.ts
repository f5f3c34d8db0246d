import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { sendPage } from '../../app/pages/send-page.ts'
import { ask } from '../nginx/ask.ts'
import { contentFolder, pages, startSite, type TestSite } from '../site/site.ts'

const portOf = ({ url }: TestSite) => Number(new URL(url).port)
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
const content = () => contentFolder({ ...pages, 'images/dot.svg': drawing })

const same = ['/docs', '/blog', '/feed.xml', '/docs/', '/manual', '/no/such/page', '/images/dot.svg']
const own = ['/session', '/mine', '/search?q=next', '/invite', '/admin', '/admin/sign-in', '/docs/%ff']

test('what is the same for everybody may be kept by nginx for five seconds, and nothing else', async (t) => {
  const site = await startSite(t, { contentDir: content() })
  for (const path of same) {
    // The second answer comes from memory, written out before.
    for (const method of ['GET', 'GET', 'HEAD']) {
      const { headers } = await ask(portOf(site), { path, method })
      assert.equal(headers['x-accel-expires'], '5', path)
      assert.equal(headers['set-cookie'], undefined)
    }
  }
  for (const path of own)
    assert.equal((await ask(portOf(site), path)).headers['x-accel-expires'], undefined, path)
})

test('where each save has to show, nginx keeps nothing', async (t) => {
  const site = await startSite(t, { contentDir: content(), liveReload: true })
  for (const path of [...same, ...own])
    assert.equal((await ask(portOf(site), path)).headers['x-accel-expires'], undefined, path)
})

test('addresses with needless slashes and escapes, which have no end, are not kept', async (t) => {
  const site = await startSite(t)
  for (const path of ['/docs//', '//docs', '/%64ocs', '//manual']) {
    const { status, headers } = await ask(portOf(site), path)
    assert.ok(status === 301 || status === 308, path)
    assert.equal(headers['x-accel-expires'], undefined, path)
  }
})

test('to a cache for all, what is for one visitor is refused, without a session', async (t) => {
  const site = await startSite(t)
  const headers = { 'X-Shared-Cache': '1' }
  for (const path of ['/session', '/mine', '/invite', '/admin', '/admin/sign-in', '/welcome']) {
    const answer = await ask(portOf(site), { path, headers })
    assert.deepEqual([answer.status, answer.text], [421, ''], path)
    assert.equal(answer.headers['x-accel-expires'], '5')
    assert.equal(answer.headers['set-cookie'], undefined)
  }
  const page = await ask(portOf(site), { path: '/docs', headers })
  assert.equal(page.status, 200)
})

test('an answer that is too large for nginx to keep is refused, so that no older copy stays', async (t) => {
  const files = { 'images/big.svg': drawing.padEnd(1_000_000), 'images/small.svg': drawing.padEnd(999_999) }
  const site = await startSite(t, {
    contentDir: contentFolder({ ...pages, ...files }),
  })
  const status = async (path: string, headers = {}) => {
    const answer = await ask(portOf(site), { path, headers })
    return [answer.status, answer.headers['x-accel-expires']]
  }
  assert.deepEqual(await status('/images/big.svg', { 'X-Shared-Cache': '1' }), [421, '5'])
  assert.deepEqual(await status('/images/small.svg', { 'X-Shared-Cache': '1' }), [200, '5'])
  assert.equal((await status('/images/big.svg'))[0], 200)
})

test('so is a page, or a feed, of that size', async (t) => {
  const kept = { 'X-Accel-Expires': '5' }
  const page = {
    encoding: 'identity',
    contentType: 'text/html',
    cacheControl: 'public',
    etag: '"a"',
  } as const
  const server = createServer((req, res) =>
    sendPage(req, res, { ...page, body: Buffer.alloc(Number(req.url?.slice(1))) }, 'memory', {
      name: 'a',
      kept,
    }),
  )
  t.after(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const status = async (path: string, headers = {}) => (await ask(port, { path, headers })).status
  const shared = { 'X-Shared-Cache': '1' }
  assert.deepEqual([await status('/1000000', shared), await status('/999999', shared)], [421, 200])
  assert.equal(await status('/1000000'), 200)
})

test('the address of a page that takes only other methods is refused too, made-up ones are not', async (t) => {
  const site = await startSite(t)
  const status = async (path: string) =>
    (await ask(portOf(site), { path, headers: { 'X-Shared-Cache': '1' } })).status
  assert.deepEqual([await status('/hooks/crm'), await status('/docs/%ff')], [421, 400])
})

test('a page that fails is not kept', async (t) => {
  const site = await startSite(t, {
    contentDir: contentFolder({ ...pages, 'pages/bad.md': '---\ntitle: [\n---\n' }),
  })
  const { status, headers } = await ask(portOf(site), '/bad')
  assert.deepEqual([status, headers['x-accel-expires']], [500, undefined])
  assert.equal(headers['cache-control'], 'private, no-store')
})

test('the page of an address that nobody has names no request', async (t) => {
  const site = await startSite(t)
  const text = async (path: string) => (await ask(portOf(site), path)).text
  assert.doesNotMatch(await text('/no/such/page'), /Request <code>/)
  assert.match(await text('/docs/%ff'), /Request <code>/)
})
