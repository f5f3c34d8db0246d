import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { docker, MARK } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Balancer, IMAGE, startBalancer } from './balancer.ts'
import { visitors } from './visitors.ts'

const volume = `${MARK}-${process.pid}-balancer`
let balancer: Balancer
before(async () => {
  await docker('volume', 'create', '--label', `${MARK}=${process.pid}`, volume)
  balancer = await startBalancer('--volume', `${volume}:/srv/balancer:ro`)
  await Promise.all([1, 2, 3].map(() => balancer.startInstance()))
  await balancer.untilUp(3)
})
after(async () => {
  await balancer.stop()
  await docker('volume', 'rm', volume)
})

const inside = (...command: string[]) => docker('exec', balancer.container.name, ...command)
const publish = (...change: string[]) =>
  docker('run', '--rm', '--volume', `${volume}:/published`, IMAGE, ...change)

/** What a visitor who keeps connections sees of it: nothing. */
async function unnoticed(happens: () => Promise<unknown>): Promise<void> {
  const load = visitors(balancer.port, '/who', 200)
  try {
    await wait(500)
    await happens()
    await balancer.untilUp(3)
    await wait(500)
  } finally {
    assert.deepEqual((await load.stop()).failures, [])
  }
}

test('a reload drops no request and no connection, by the command and by the signal', async () => {
  await unnoticed(async () => {
    for (let count = 0; count < 3; count++) assert.match(await inside('reload'), /^Success=1/)
  })
  await unnoticed(() => docker('kill', '--signal', 'USR2', balancer.container.id))
})

test('a new configuration is published to the volume, and in place after the reload', async () => {
  const edit = "sed -i 's/instances;desc/changed;desc/' /srv/balancer/current/haproxy.cfg && publish"
  await unnoticed(async () => {
    await publish('bash', '-c', edit)
    await inside('reload')
  })
  await until(async () => /changed/.test(String((await balancer.ask('/who')).headers['server-timing'])), 'it')
})

test('a configuration is published by one rename, and a staged one lies beside it', async () => {
  const current = () => inside('readlink', '/srv/balancer/current')
  const before = await current()
  await publish('publish', '--stage')
  assert.equal(await current(), before)
  await inside('haproxy', '-c', '-f', '/srv/balancer/new/haproxy.cfg')
  await publish('publish')
  assert.notEqual(await current(), before)
  const versions = (await inside('ls', '/srv/balancer/versions'))
    .split('\n')
    .map((name) => `versions/${name}`)
  assert.deepEqual(versions.sort(), [before, await current()].sort())
})

test('a bad configuration is not published, and the running one goes on', async () => {
  const edit = 'echo nonsense >> /srv/balancer/current/haproxy.cfg && publish'
  await unnoticed(() => assert.rejects(publish('bash', '-c', edit), /nonsense/))
  assert.doesNotMatch(await inside('cat', '/srv/balancer/current/haproxy.cfg'), /nonsense/)
})

test('a bad configuration that got there is refused by the reload, and the running one goes on', async () => {
  await publish('bash', '-c', 'echo nonsense >> /published/current/haproxy.cfg')
  await unnoticed(() => assert.rejects(inside('reload'), /nonsense/))
  await unnoticed(() => docker('kill', '--signal', 'USR2', balancer.container.id))
})

test('more instances than places are told of in the log', async () => {
  const small = await startBalancer('--env', 'SLOTS=1')
  try {
    await Promise.all([1, 2].map(() => small.startInstance()))
    await until(
      async () => /2 instances, and places for 1/.test(await docker('logs', small.container.name)),
      'the line',
    )
  } finally {
    await small.stop()
  }
})
