import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { docker } from '../lab/docker.ts'
import { type Front, startFront } from './front.ts'
import { startToldApp, type ToldApp } from './told.ts'

const cached = { 'X-Accel-Expires': '5', 'Cache-Control': 'public, max-age=0, s-maxage=300' }

// As in production, but smaller; HTTP/2 without TLS.
const options = [
  ...['--tmpfs', '/tmp:size=64m,uid=101,gid=101', '--volume'],
  `${fileURLToPath(new URL('./http2.conf', import.meta.url))}:/etc/nginx/nginx.conf:ro`,
]

let front: Front
let app: ToldApp
before(async () => {
  front = await startFront(...options)
  app = await startToldApp(front)
})
after(() => front.stop())

const kilobytes = async (...command: string[]) =>
  Number(/(\d+)\D*$/.exec(await docker('exec', front.name, ...command))?.[1])

test('pictures that are replaced take their room once', async () => {
  const pictures = Array.from({ length: 15 }, (_, number) => `/pictures/${number}.png`)
  const body = 'x'.repeat(999_999)
  for (const path of pictures) await app.tell(path, { headers: cached, body })
  const askAll = async () => {
    for (const path of pictures) assert.equal((await front.ask(path)).text.length, body.length)
  }
  // Each process meets each picture; then one of them replaces it.
  for (let count = 0; count < 3; count++) await askAll()
  await sleep(5500)
  await askAll()
  await sleep(1000)
  const files = await kilobytes('sh', '-c', 'du -sk /tmp | cut -f1')
  const used = await kilobytes('sh', '-c', "df -k /tmp | awk 'NR == 2 { print $3 }'")
  assert.ok(files > 14_000, `${files} kB of files`)
  assert.ok(used < files + 3000, `${used} kB taken by ${files} kB of files`)
})

/** Reads a page over HTTP/2 with a body that has no length and never ends; the answer, or nothing after a while. */
async function readWithBody(session: ClientHttp2Session, path: string, body = 'x') {
  const stream = session.request({ ':path': path, ':method': 'GET' }, { endStream: false })
  stream.on('error', () => undefined).write(body)
  const timer = setInterval(() => stream.writable && stream.write('x'), 300)
  const answer = once(stream, 'response').then(async ([headers]) => ({
    status: headers[':status'],
    text: await text(stream),
  }))
  const met = await Promise.race([answer, sleep(6000, { status: 'none', text: '' })])
  clearInterval(timer)
  return met
}

const connected = (count: number) =>
  Array.from({ length: count }, () => connect(`http://127.0.0.1:${front.port}`).on('error', () => undefined))

test('readers over HTTP/2 whose bodies do not end are answered at once, and hold no place', async () => {
  await app.tell('/with-body', { headers: cached, body: 'page' })
  await front.ask('/with-body')
  // More than one address may have under way.
  const sessions = connected(6)
  const answers = sessions.flatMap((session) =>
    Array.from({ length: 50 }, () => readWithBody(session, '/with-body')),
  )
  for (const { status, text } of await Promise.all(answers)) assert.deepEqual([status, text], [200, 'page'])
  for (const session of sessions) session.destroy()
})

test('of such a body nothing follows where the page turns out to be for one visitor', async () => {
  const toEverybody = { status: 421, headers: { 'X-Accel-Expires': '5' } }
  await app.tell('/own', { body: 'own', toEverybody })
  const hidden = '0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const [session] = connected(1)
  assert.ok(session)
  for (let count = 0; count < 3; count++)
    assert.deepEqual(await readWithBody(session, '/own', hidden), { status: 200, text: 'own' })
  session.destroy()
  const own = (await app.asked('/own')).filter(({ headers }) => !headers['x-shared-cache'])
  assert.equal(own.length, 3)
  for (const { headers } of own)
    assert.deepEqual([headers['content-length'], headers['transfer-encoding']], [undefined, undefined])
  assert.deepEqual(await app.asked('/hidden'), [])
})

test('too many at once over HTTP/2 are told so by the designed page', async () => {
  await app.tell('/slow', { headers: { 'Cache-Control': 'no-store' }, body: 'x', after: 4000 })
  const sessions = Array.from({ length: 5 }, () => connect(`http://127.0.0.1:${front.port}`))
  const answers = sessions.flatMap((session) => Array.from({ length: 60 }, () => streamed(session, '/slow')))
  const busy = (await Promise.all(answers)).find(({ status }) => status === 503)
  for (const session of sessions) session.destroy()
  assert.deepEqual([busy?.retry, busy?.cache], ['30', 'no-store'])
  assert.match(busy?.text ?? '', /busy right now/)
})

async function streamed(session: ClientHttp2Session, path: string) {
  const stream = session.request({ ':path': path })
  const [headers] = await once(stream, 'response')
  return {
    status: headers[':status'],
    retry: headers['retry-after'],
    cache: headers['cache-control'],
    text: await text(stream),
  }
}
