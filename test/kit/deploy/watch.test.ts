import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Awaited, look, type Standing } from '../../../kit/deploy/watch/look.ts'
import { startMemory } from '../../../kit/deploy/watch/memory.ts'
import type { Snapshot } from '../../../kit/deploy/watch/snapshot.ts'
import { nothing, recorded } from './recorded.ts'

const three: Awaited = { name: 'rec_web', count: 3 }

/** What is made of a snapshot that has not changed for some seconds, after another one. */
function after(before: Snapshot, snapshot: Snapshot, seconds = 0, awaited: Awaited = three): Standing {
  const first = look(snapshot, [awaited], startMemory(before, 0), 0)
  const [standing] = look(snapshot, [awaited], first.memory, seconds * 1000).standings
  assert.ok(standing)
  return standing
}

const troubleOf = (name: string, before = nothing, seconds = 0, awaited = three) =>
  after(before, recorded(name), seconds, awaited).trouble

test('a first deploy is settled when as many run as are wanted', () => {
  assert.equal(after(nothing, recorded('first'), 3).settled, true)
  assert.equal(after(nothing, recorded('first'), 3, { ...three, count: 4 }).settled, false)
})

test('what only just runs on a first deploy is not settled: it may end at once', () => {
  assert.equal(after(nothing, recorded('first'), 1).settled, false)
  assert.equal(after(recorded('first'), recorded('first')).settled, true, 'what ran before does')
})

test('an update is settled when all instances are new, and the swarm has watched them long enough', () => {
  const before = recorded('first')
  const going = after(before, recorded('updating'))
  assert.deepEqual([going.running.length, going.rising.length, going.old.length], [1, 1, 3])
  assert.equal(going.settled, false)
  const done = after(before, recorded('updated'))
  assert.deepEqual([done.running.length, done.rising.length, done.old.length], [3, 0, 0])
  assert.equal(done.settled, true)
})

test('before the swarm has begun an update nothing is settled: what runs is made from another spec', () => {
  const running = recorded('first')
  const [service] = recorded('updating').services
  assert.ok(service)
  const { update: _, ...untouched } = service
  const standing = after(running, { ...running, services: [untouched] })
  assert.deepEqual([standing.running.length, standing.old.length, standing.settled], [0, 3, false])
})

test('a global service is settled with one instance on each node, and never without any', () => {
  const everywhere = { name: 'rec_web' }
  const standing = after(nothing, recorded('global'), 3, everywhere)
  assert.deepEqual([standing.count, standing.settled], [3, true])
  const none = { ...recorded('global'), tasks: [] }
  assert.equal(after(nothing, none, 0, everywhere).settled, false)
  assert.match(after(nothing, none, 11, everywhere).trouble?.reason ?? '', /has no node that suits it/)
})

test('a crash that the swarm takes back is told with its exit code, while it goes back and afterwards', () => {
  for (const name of ['crash', 'crash-back']) {
    const trouble = troubleOf(name, recorded('updated'))
    assert.equal(trouble?.kind, 'rolled back')
    assert.match(trouble?.reason ?? '', /^ended with exit code 3/)
    assert.match(trouble?.task?.image ?? '', /:crash@/)
  }
})

test('a health check that is never good is told, whatever the container makes of being stopped', () => {
  const killed = troubleOf('unhealthy', recorded('first'))
  assert.equal(killed?.kind, 'rolled back')
  assert.match(killed?.reason ?? '', /^was never healthy .*unhealthy container/)
  const polite = troubleOf('sick', recorded('crash-back'))
  assert.equal(polite?.kind, 'rolled back')
  assert.match(polite?.reason ?? '', /^ended with exit code 0 without having been healthy/)
})

test('an image that cannot be pulled is told: on an update at once, on a first deploy after some attempts', () => {
  const update = troubleOf('noimage', recorded('sick'))
  assert.equal(update?.kind, 'rolled back')
  assert.match(update?.reason ?? '', /^has an image that cannot be pulled \(No such image: .*vnone\)/)
  const first = troubleOf('first-noimage')
  assert.equal(first?.kind, 'stuck')
  assert.match(first?.reason ?? '', /cannot be pulled/)
})

test('what ends again and again on a first deploy is stuck, and names the newest instance', () => {
  const trouble = troubleOf('first-crash')
  assert.equal(trouble?.kind, 'stuck')
  assert.match(trouble?.reason ?? '', /^ended with exit code 3.*, \d+ times$/)
  const { tasks } = recorded('first-crash')
  const ended = tasks.filter(({ slot, state }) => slot === trouble?.task?.slot && state === 'failed')
  assert.equal(
    trouble?.task?.createdAt,
    ended
      .map(({ createdAt }) => createdAt)
      .sort()
      .at(-1),
  )
})

test('what ended before the deploy is not its fault', () => {
  const snapshot = recorded('first-crash')
  assert.equal(after(snapshot, snapshot).trouble, undefined)
})

test('without a suitable node a task is stuck, but not in its first seconds', () => {
  const reasons = {
    nonode: /constraints not satisfied/,
    ports: /port already in use/,
    memory: /insufficient resources/,
  }
  for (const [name, reason] of Object.entries(reasons)) {
    assert.equal(troubleOf(name, recorded('noimage'), 3), undefined, name)
    const trouble = troubleOf(name, recorded('noimage'), 11)
    assert.equal(trouble?.kind, 'stuck', name)
    assert.match(trouble?.reason ?? '', /^finds no node: no suitable node/, name)
    assert.match(trouble?.reason ?? '', reason)
  }
})

test('a task that gets no address is stuck: the network has none left', () => {
  assert.equal(troubleOf('addresses', nothing, 10), undefined)
  const trouble = troubleOf('addresses', nothing, 16)
  assert.equal(trouble?.kind, 'stuck')
  assert.match(trouble?.reason ?? '', /out of addresses/)
})

test('a service that somebody removed is not settled', () => {
  assert.equal(after(nothing, nothing).settled, false)
})
