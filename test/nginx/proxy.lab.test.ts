import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Front, startFront, untilServing } from './front.ts'

let front: Front
let upstream: Container
before(async () => {
  front = await startFront()
})
after(() => front.stop())

const address = (name: string) =>
  docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', name)

test('nginx starts without the app, and finds it when it comes', async () => {
  assert.equal((await front.ask('/page')).status, 503)
  upstream = await front.startUpstream()
  await untilServing(front)
})

test('the upstream is spoken to over HTTP/1.1 on connections that are kept', async () => {
  const echoes = []
  for (let count = 0; count < 20; count++) echoes.push(JSON.parse((await front.ask('/echo')).text))
  const last = echoes.at(-1)
  assert.equal(last.version, '1.1')
  assert.equal(last.headers.connection, undefined)
  // A worker process keeps its own connections.
  assert.ok(last.connections <= 8, `20 requests took ${last.connections} connections`)
})

test('compressed bytes pass through, and nothing is compressed here', async () => {
  const headers = { 'Accept-Encoding': 'br, gzip' }
  const ready = await front.ask({ path: '/ready-compressed', headers })
  assert.equal(ready.headers['content-encoding'], 'br')
  assert.equal(brotliDecompressSync(ready.body).length, 3000)
  const plain = await front.ask({ path: '/plain', headers })
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(plain.body.length, 3000)
  const acceptedAt = async (path: string) =>
    JSON.parse((await front.ask({ path, headers })).text).headers['accept-encoding']
  assert.equal(await acceptedAt('/echo'), 'br')
  assert.equal(await acceptedAt('/admin/echo'), 'br, gzip')
})

test('live events arrive at once', async () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const stream = request({ host: '127.0.0.1', port: front.port, path: '/_live' }, (res) =>
    res.once('data', (chunk: Buffer) => resolve(chunk.toString())),
  )
  stream
    .on('error', reject)
    .setTimeout(5000, () => reject(new Error('no event in 5 s')))
    .end()
  assert.equal(await promise, 'data: first\n\n')
  stream.destroy()
})

test('a recreated upstream with another address is found without a restart', async () => {
  const left = await address(upstream.name)
  await upstream.remove()
  const squatter = await startContainer({
    image: 'node:26.10.0-slim',
    args: ['sleep', '600'],
    options: ['--network', front.network],
  })
  try {
    assert.equal(await address(squatter.name), left)
    const next = await front.startUpstream()
    assert.notEqual(await address(next.name), left)
    await untilServing(front)
  } finally {
    await squatter.remove()
  }
})

test('a read that fails on one instance is repeated on another, a write never', async () => {
  const broken = await front.startUpstream('--broken')
  const instances = new Set<string>()
  await until(
    async () => instances.add(JSON.parse((await front.ask('/echo')).text).instance).size > 1,
    'both instances',
  )
  const reads = []
  for (let count = 0; count < 12; count++) reads.push(await front.ask('/fails-on'))
  assert.ok(reads.every(({ status }) => status === 200))
  const attempts = await Promise.all(reads.map(async (read) => String((await front.logged(read)).upstream)))
  assert.ok(
    attempts.some((tried) => tried.includes(', ')),
    'a read was repeated',
  )
  const writes = []
  for (let count = 0; count < 8; count++)
    writes.push(await front.ask({ path: '/fails-on', method: 'POST', body: 'x' }))
  for (const write of writes) assert.doesNotMatch(String((await front.logged(write)).upstream), /,/)
  await broken.remove()
})
