import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { sharedProduction } from '../production/shared.ts'
import type { ProductionStack } from '../production/stack.ts'
import { until } from '../until.ts'
import { endings, memoryOf } from './memory.ts'
import { assertUnaffected, visitDuring } from './visitors.ts'

interface Idle {
  answered: number
  closed: number
}

const script = join(import.meta.dirname, 'idle-client.ts')
// worker_processes times worker_connections.
const PLACES = 2 * 6144
const TOO_MANY = PLACES - 10_000 + 1500
const AT_ONCE = 3000
// keepalive_min_timeout: so long after its last answer nginx closes no connection to make room.
const UNTOUCHED_MS = 10_000

let stack: ProductionStack
let first: Container
before(async () => {
  stack = await sharedProduction()
})
after(() => stack?.down())

/** A client with an address of its own, that keeps idle connections to nginx. */
async function keepIdle(count: number): Promise<Container> {
  const place = ['--network', `${stack.project}_webapp`, '--volume', `${script}:/idle-client.ts:ro`]
  const args = ['node', '/idle-client.ts', 'nginx', String(count)]
  return startContainer({ image: 'node:26.10.0-slim', options: place, args })
}

async function told(client: Container): Promise<Idle> {
  const lines = (await docker('logs', '--tail', '1', client.id)).split('\n')
  return JSON.parse(lines.at(-1) ?? '{}')
}

/** Visits the site while a client opens its connections, and for some seconds after the last is answered. */
async function visitWhile(client: Container, count: number): Promise<void> {
  const all = until(async () => (await told(client)).answered === count, `${count} connections`, 300)
  const { visits } = await visitDuring(
    stack.url,
    all.then(() => sleep(4000)),
  )
  assertUnaffected(visits)
}

async function assertMemoryToSpare(): Promise<void> {
  const { used, limit } = await memoryOf(stack, 'nginx')
  assert.ok(used < 0.75 * limit, `${used} MB of ${limit} MB`)
  assert.equal(await endings(stack, 'nginx'), 0)
}

test('connections that come while nginx takes none wait for it, and need not try again', async () => {
  const [id = ''] = await stack.containers('nginx')
  const network = `(index .NetworkSettings.Networks "${stack.project}_webapp").IPAddress`
  const host = await docker('inspect', '--format', `{{${network}}}`, id)
  await docker('pause', id)
  let connected = 0
  const sockets = Array.from({ length: AT_ONCE }, () =>
    connect(8443, host, () => connected++).on('error', () => {}),
  )
  // The kernel would try a connection again after a second, and then after two more.
  await until(async () => connected === AT_ONCE, `${AT_ONCE} connections`, 1).finally(async () => {
    for (const socket of sockets) socket.destroy()
    await docker('unpause', id)
  })
})

test('10,000 idle connections stay open, leave visitors as quick as ever, and memory to spare', async () => {
  first = await keepIdle(10_000)
  await visitWhile(first, 10_000)
  assert.equal((await told(first)).closed, 0)
  await assertMemoryToSpare()
})

test('with no place left those idle the longest are closed, and no visitor is turned away', async () => {
  // Whoever asks is idle anew: from here on the first ask no more, so all of them are idle for longer than the second.
  await docker('kill', '--signal', 'USR1', first.id)
  await sleep(UNTOUCHED_MS + 1000)
  const second = await keepIdle(TOO_MANY)
  await visitWhile(second, TOO_MANY)
  const [older, newer] = [(await told(first)).closed, (await told(second)).closed]
  assert.ok(older + newer >= 1500, `${older} and ${newer} were closed`)
  assert.ok(older > 4 * newer, `${older} of the older and ${newer} of the newer were closed`)
  await assertMemoryToSpare()
})
