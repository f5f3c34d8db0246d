import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { docker, startContainer } from '../lab/docker.ts'
import { toolsImage } from '../lab/tools.ts'
import { sharedProduction } from '../production/shared.ts'
import type { ProductionStack } from '../production/stack.ts'
import { until } from '../until.ts'
import { slowAttack } from './attacker.ts'
import { endlessHeaders, headers, hello, outcome } from './h2-frames.ts'
import { endings, memoryOf } from './memory.ts'
import { assertUnaffected, visitDuring } from './visitors.ts'
import { type Door, doorsOf, type Exchange, exchange, open } from './wire.ts'

// client_header_timeout and client_body_timeout, and some for a busy machine.
const MOST_MS = 17_000
const LEAST_MS = 5000
// keepalive_timeout, and lingering_time.
const MOST_OF_HTTP2_MS = 90_000
const BODIES_OF_ONE = 64
const fields = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'localhost'],
  [':path', '/session'],
] as const

let stack: ProductionStack
let halfHeaders: Promise<Exchange>
before(async () => {
  stack = await sharedProduction()
  // The longest wait, so the first to begin.
  const h2 = { ...doorsOf(stack).tls, protocol: 'h2' as const }
  const patience = { quiet: MOST_OF_HTTP2_MS, patience: MOST_OF_HTTP2_MS }
  halfHeaders = exchange(h2, Buffer.concat([hello(), endlessHeaders(1, fields)]), patience)
})
after(() => stack?.down())

test('3,000 slow connections are given up or bounded, and visitors notice nothing', async () => {
  const site = 'https://nginx:8443'
  const before = [await memoryOf(stack, 'nginx'), await memoryOf(stack, 'balancer')]
  const attacks = Promise.all([
    slowAttack(stack, 45, '-H', '-i', '5', '-u', `${site}/docs`),
    slowAttack(stack, 30, '-B', '-i', '5', '-t', 'GET', '-s', '8192', '-u', `${site}/docs`),
    slowAttack(stack, 30, '-X', '-w', '1', '-y', '2', '-z', '1', '-k', '3', '-u', `${site}/docs/operating`),
  ])
  const { result, visits } = await visitDuring(stack.url, attacks)
  const [slowHeaders, slowBody, slowRead] = result
  assertUnaffected(visits)
  assert.equal(slowHeaders.status, 'No open connections left')
  assert.ok(slowBody.open <= BODIES_OF_ONE, `${slowBody.open} slow bodies at once`)
  for (const { available } of [slowHeaders, slowBody, slowRead]) assert.equal(available, true)
  for (const [index, service] of ['nginx', 'balancer'].entries()) {
    const { used } = await memoryOf(stack, service)
    assert.ok(used - (before[index]?.used ?? 0) < 150, `${service} takes ${used} MB`)
    assert.equal(await endings(stack, service), 0)
  }
})

const clientHello = Buffer.from([0x16, 3, 1, 1, 0, 1, 0, 0, 0xfc, 3, 3])
const withBody = (header: string, body: string): string =>
  `POST /session HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n${body}`

/** Goes on sending headers, one every half second. */
async function drip(door: Door): Promise<{ closed: boolean; milliseconds: number }> {
  const begun = performance.now()
  const socket = open(door)
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)))
  socket.resume().write('GET /docs HTTP/1.1\r\nHost: localhost\r\n')
  const timer = setInterval(() => socket.write('X-Note: a\r\n'), 500)
  const ended = await Promise.race([closed, sleep(MOST_MS, false)])
  clearInterval(timer)
  socket.destroy()
  return { closed: ended, milliseconds: performance.now() - begun }
}

test('a connection that falls silent half-way is closed within the time limits', async (t) => {
  const { tls, plain } = doorsOf(stack)
  const untouched = { ...tls, tls: false }
  const h2 = { ...tls, protocol: 'h2' as const }
  const quiet = 20_000
  const stream = exchange(h2, Buffer.concat([hello(), headers(1, fields, true)]), { quiet: MOST_MS })
  const silences = {
    'before TLS': exchange(untouched, ''),
    'in the first message of TLS': exchange(untouched, clientHello),
    'after TLS': exchange(tls, ''),
    'without TLS': exchange(plain, ''),
    'in the request line': exchange(tls, 'GET /do'),
    'in the headers': exchange(tls, 'GET /docs HTTP/1.1\r\nHost: local'),
    'in headers that come one by one': drip(tls),
    'in the body': exchange(tls, withBody('Content-Length: 100', 'name=Ann')),
    'in a chunked body': exchange(tls, withBody('Transfer-Encoding: chunked', '5\r\nname=')),
    'in the preface of HTTP/2': exchange(h2, hello().subarray(0, 10), { quiet }),
  }
  for (const [where, silence] of Object.entries(silences)) {
    const { closed, milliseconds } = await silence
    await t.test(where, () => {
      assert.equal(closed, true)
      assert.ok(milliseconds > LEAST_MS && milliseconds < MOST_MS, `${milliseconds} ms`)
    })
  }
  const told = outcome((await stream).text)
  await t.test('in a body of HTTP/2', () => assert.ok(told === 408 || told === 'reset', String(told)))
})

test('clients that vanish from the network are forgotten', async () => {
  const script = 'for i in $(seq 200); do exec {kept}<>/dev/tcp/nginx/8443; done; sleep infinity'
  const options = ['--network', `${stack.project}_webapp`, '--cap-add', 'NET_ADMIN']
  const client = await startContainer({ image: await toolsImage(), options, args: ['bash', '-c', script] })
  const [nginx = ''] = await stack.containers('nginx')
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
  const bytes = Buffer.from((await docker('inspect', '--format', format, client.id)).split('.').map(Number))
  // The kernel writes an address as a number in the machine's order, and an established connection as 01.
  const established = new RegExp(` ${bytes.reverse().toString('hex')}:[0-9a-f]{4} 01 `, 'gi')
  const connections = async () =>
    (await docker('exec', nginx, 'cat', '/proc/net/tcp')).match(established)?.length ?? 0
  await until(async () => (await connections()) === 200, '200 connections')
  await docker('exec', client.id, 'ip', 'link', 'set', 'eth0', 'down')
  await until(async () => (await connections()) === 0, 'nginx to forget them', 30)
  await client.remove()
})

test('headers over HTTP/2 that do not end are given up like an idle connection', async () => {
  assert.equal((await halfHeaders).closed, true)
})
