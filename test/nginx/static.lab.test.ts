import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Front, startFront, untilServing } from './front.ts'

const css = '/static/css/site.0123abcd.css'
const image = '/static/images/photo.0123abcd.png'
const files = {
  [`identity${css}`]: 'identity',
  [`br${css}`]: 'br',
  [`gzip${css}`]: 'gzip',
  [`identity${image}`]: 'picture',
  'identity/static/css/site.css': 'unhashed',
}

let front: Front
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dogfood-static-'))
  await chmod(folder, 0o755)
  for (const [file, body] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true, mode: 0o755 })
    await writeFile(join(folder, file), body, { mode: 0o644 })
  }
  front = await startFront('--volume', `${folder}:/srv/static:ro`)
  await front.startUpstream()
  await untilServing(front)
})
after(async () => {
  await front.stop()
  await rm(folder, { recursive: true })
})

const negotiated: [accepted: string | undefined, encoding: string][] = [
  [undefined, 'identity'],
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0.000', 'identity'],
  ['br ; q=0.5 , gzip ; q=1.0', 'gzip'],
  ['br;q=1.000, gzip;q=0.5', 'br'],
  ['gzip;q=0.01', 'gzip'],
  ['br;q=0.9, gzip;q=0.8', 'br'],
  ['x-br, xgzip, brotli', 'identity'],
]

for (const [accepted, encoding] of negotiated) {
  test(`a browser that accepts ${accepted ?? 'anything by saying nothing'} gets ${encoding}`, async () => {
    const { status, headers, text } = await front.ask({
      path: css,
      headers: accepted === undefined ? {} : { 'Accept-Encoding': accepted },
    })
    assert.equal(status, 200)
    assert.equal(text, encoding)
    assert.equal(headers['content-encoding'], encoding === 'identity' ? undefined : encoding)
    assert.equal(headers['content-type'], 'text/css; charset=utf-8')
    assert.equal(headers.vary, 'Accept-Encoding')
  })
}

test('a hashed file is kept for a year and never asked for again', async () => {
  for (const path of [css, image]) {
    const answer = await front.ask({ path, headers: { 'Accept-Encoding': 'br' } })
    assert.deepEqual(answer.all('Cache-Control'), ['public, max-age=31536000, immutable'])
  }
})

test('a file that has no compressed form is sent as it is', async () => {
  const { headers, text } = await front.ask({ path: image, headers: { 'Accept-Encoding': 'br, gzip' } })
  assert.equal(text, 'picture')
  assert.equal(headers['content-type'], 'image/png')
  assert.equal(headers['content-encoding'], undefined)
})

test('each encoding has an ETag of its own, and a matching one answers 304', async () => {
  const [br, plain] = await Promise.all(
    ['br', 'identity'].map((accepted) => front.ask({ path: css, headers: { 'Accept-Encoding': accepted } })),
  )
  assert.ok(br?.headers.etag)
  assert.notEqual(br.headers.etag, plain?.headers.etag)
  const again = { 'Accept-Encoding': 'br', 'If-None-Match': br.headers.etag }
  const { status, body } = await front.ask({ path: css, headers: again })
  assert.deepEqual([status, body.length], [304, 0])
})

test('a name without a hash, a folder and a way round the negotiation are not found', async () => {
  for (const path of [
    '/static/css/site.css',
    '/static/',
    `${css}.br`,
    `/static/../nginx.conf`,
    '/static/%2e%2e/x',
  ]) {
    assert.equal((await front.ask(path)).status, 404, path)
  }
})

test('a hashed name of another release is asked of the app', async () => {
  const { status, text, headers } = await front.ask('/static/css/site.fedc9876.css')
  assert.deepEqual([status, text], [404, 'app says 404'])
  assert.equal(headers['cache-control'], undefined)
})

test('root files are served by nginx and kept for a day', async () => {
  const types = {
    'favicon.ico': 'image/x-icon',
    'icon.svg': 'image/svg+xml',
    'apple-touch-icon.png': 'image/png',
    'site.webmanifest': 'application/manifest+json; charset=utf-8',
  }
  for (const [file, type] of Object.entries(types)) {
    const { status, headers } = await front.ask(`/${file}`)
    assert.deepEqual([status, headers['content-type']], [200, type], file)
    assert.equal(headers['cache-control'], 'max-age=86400')
    assert.ok(Date.parse(String(headers.expires)) > Date.now())
  }
})

test('a root file that nginx lacks is asked of the app', async () => {
  for (const path of ['/robots.txt', '/llms.txt', '/sitemap.xml', '/feed.xml', '/feed.json', '/cards/a.png'])
    assert.equal((await front.ask(path)).text, 'app says 404', path)
})
