import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sharedProduction } from '../production/shared.ts'
import type { ProductionStack } from '../production/stack.ts'
import { attack } from './attacker.ts'
import {
  continuation,
  endlessHeaders,
  type Field,
  headers,
  hello,
  ping,
  reset,
  settings,
} from './h2-frames.ts'
import { endings, memoryOf } from './memory.ts'
import { seenBehind } from './seen.ts'
import { assertUnaffected, visitDuring } from './visitors.ts'
import { type Door, doorsOf, exchange, open } from './wire.ts'

let stack: ProductionStack
before(async () => {
  stack = await sharedProduction()
})
after(() => stack?.down())

// nginx goes on listening to a refused body for some seconds.
const LINGERING_MS = 5000
const PATH = '/admin/oversized'
const get = (path: string, ...more: string[]): string =>
  `${[`GET ${path} HTTP/1.1`, 'Host: localhost', ...more].join('\r\n')}\r\n\r\n`
const post = (path: string, header: string, body = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n${body}`
const endlessChunks = `${'4000\r\n'}${'a'.repeat(0x4000)}\r\n`.repeat(8)

const requests: Readonly<Record<string, { bytes: string; status: number }>> = {
  'a header of 16 kB': { bytes: get(`${PATH}-0`, `X-Note: ${'a'.repeat(16_000)}`), status: 431 },
  '200 headers of 100 bytes': {
    bytes: get(
      `${PATH}-1`,
      ...Array.from({ length: 200 }, (_, index) => `X-Note-${index}: ${'a'.repeat(90)}`),
    ),
    status: 431,
  },
  '20,000 short headers': { bytes: get(`${PATH}-2`, ...Array(20_000).fill('a: b')), status: 431 },
  'a request line of 9 kB': { bytes: get(`${PATH}-3${'a'.repeat(9000)}`), status: 414 },
  'a method of 9 kB': {
    bytes: `${'A'.repeat(9000)} ${PATH}-4 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    status: 414,
  },
  'a cookie of 9 kB': { bytes: get(`${PATH}-5`, `Cookie: a=${'b'.repeat(9000)}`), status: 431 },
  'a length over 64 kB': { bytes: post(`${PATH}-6`, 'Content-Length: 65537'), status: 413 },
  'a length of a terabyte': { bytes: post(`${PATH}-7`, 'Content-Length: 1099511627776'), status: 413 },
  'a body over 64 kB that is announced first': {
    bytes: post(`${PATH}-8`, 'Content-Length: 65537\r\nExpect: 100-continue'),
    status: 413,
  },
  'chunks without end': {
    bytes: post(`${PATH}-9`, 'Transfer-Encoding: chunked', endlessChunks),
    status: 413,
  },
}

test('what is too large is refused with a page and a line in the log, before it gets behind nginx', async (t) => {
  const door = doorsOf(stack).tls
  const names = Object.keys(requests)
  const answers = await Promise.all(
    names.map((name) => exchange(door, requests[name]?.bytes ?? '', { quiet: LINGERING_MS })),
  )
  const seen = await seenBehind(stack)
  const logged = await stack.compose('logs', '--no-log-prefix', 'nginx')
  for (const [index, name] of names.entries()) {
    await t.test(name, () => {
      const { statuses = [], text = '', closed } = answers[index] ?? {}
      assert.deepEqual(statuses, [requests[name]?.status])
      assert.match(text, /<p class="status">4\d\d/)
      assert.equal(closed, true)
      assert.equal(seen.balancer(`${PATH}-${index}`), 0)
      const id = /x-request-id: (\w+)/i.exec(text)?.[1] ?? 'none'
      assert.match(logged, new RegExp(`"requestId":"${id}".*"status":${requests[name]?.status}`))
    })
  }
})

const fields = (path: string): Field[] => [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'localhost'],
  [':path', path],
]

/** Sends frames over and over, for as long as the connection lasts or some seconds; whether nginx ended it. */
async function flood(door: Door, frames: (turn: number) => Buffer, first = hello()): Promise<boolean> {
  const socket = open(door)
  let ended = false
  socket.once('close', () => {
    ended = true
  })
  socket.resume().write(first)
  for (let turn = 0; turn < 400 && !ended; turn++) {
    if (!socket.write(frames(turn)))
      await Promise.race([once(socket, 'drain'), once(socket, 'close'), sleep(5000)])
    await sleep(5)
  }
  await sleep(1000)
  socket.destroy()
  return ended
}

const once = (socket: ReturnType<typeof open>, event: 'drain' | 'close'): Promise<void> =>
  new Promise((resolve) => void socket.once(event, () => resolve()))

const many = (count: number, make: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => make(index)))

// They cost nginx nothing but the reading.
const BORNE = 'empty continuations without end'

const floods: Readonly<Record<string, (door: Door) => Promise<boolean>>> = {
  'headers that go on without end': (door) =>
    flood(
      door,
      () => many(50, () => continuation(1, [['x-note', 'a'.repeat(1000)]])),
      Buffer.concat([hello(), endlessHeaders(1, fields('/docs'))]),
    ),
  [BORNE]: (door) =>
    flood(
      door,
      () => many(500, () => continuation(1, [])),
      Buffer.concat([hello(), endlessHeaders(1, fields('/docs'))]),
    ),
  'requests that are reset at once': (door) =>
    flood(door, (turn) =>
      many(500, (index) => {
        const stream = 1 + 2 * (turn * 500 + index)
        return Buffer.concat([headers(stream, fields('/search')), reset(stream)])
      }),
    ),
  'pings without end': (door) => flood(door, () => many(2000, ping)),
  'settings without end': (door) => flood(door, () => many(2000, settings)),
}

test('floods over HTTP/2 are cut off or borne, and visitors notice nothing', async () => {
  const door = { ...doorsOf(stack).tls, protocol: 'h2' as const }
  const before = await memoryOf(stack, 'nginx')
  const names = Object.keys(floods)
  const all = Promise.all(Object.values(floods).map((start) => start(door)))
  const { result, visits } = await visitDuring(stack.url, all)
  for (const [index, name] of names.entries()) {
    if (name !== BORNE) assert.equal(result[index], true, name)
  }
  assertUnaffected(visits)
  const after = await memoryOf(stack, 'nginx')
  assert.ok(after.used - before.used < 100, `${before.used} MB before, ${after.used} MB after`)
  assert.equal(await endings(stack, 'nginx'), 0)
})

test('many streams on many connections are answered or refused, and visitors notice nothing', async () => {
  const load = ['h2load', '-n', '40000', '-c', '100', '-m', '200', 'https://nginx:8443/docs']
  const { result, visits } = await visitDuring(stack.url, attack(stack, ...load))
  assert.match(result, /requests: 40000 total, 40000 started, 40000 done/)
  assertUnaffected(visits)
  assert.equal(await endings(stack, 'nginx'), 0)
})
