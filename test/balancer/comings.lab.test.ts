import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { docker, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Balancer, type Instance, startBalancer } from './balancer.ts'
import { visitors } from './visitors.ts'

let balancer: Balancer
let instances: Instance[]
before(async () => {
  balancer = await startBalancer()
  instances = await Promise.all([1, 2].map(() => balancer.startInstance()))
  await balancer.untilUp(2)
})
after(() => balancer.stop())

const addressOf = ({ name }: { name: string }) =>
  docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', name)

/** Visitors who see nothing of what happens meanwhile. */
async function unnoticed(happens: () => Promise<void>): Promise<void> {
  const load = visitors(balancer.port, '/who', 100)
  await wait(300)
  await happens()
  await wait(300)
  const { failures, visits } = await load.stop()
  assert.deepEqual(failures, [])
  assert.ok(visits > 50)
}

const served = async (by: Instance): Promise<boolean> => {
  const { hostname } = await by.tell()
  const answers = await Promise.all(Array.from({ length: 20 }, () => balancer.ask('/who')))
  return answers.some(({ text }) => text === hostname)
}

test('an instance that starts slowly gets no visitor before it is ready', () =>
  unnoticed(async () => {
    const slow = await balancer.startInstance('2500')
    await wait(1500)
    assert.equal(await balancer.up(), 2)
    await balancer.untilUp(3)
    await until(() => served(slow), 'the new instance to serve')
    await slow.remove()
    await balancer.untilUp(2)
  }))

test('an instance that is ready and answers 500 to every page never gets a visitor', () =>
  unnoticed(async () => {
    const broken = await balancer.startInstance('0', 'broken')
    await wait(3000)
    assert.equal(await balancer.up(), 2)
    await broken.remove()
  }))

test('instances are added and taken away under load', () =>
  unnoticed(async () => {
    const more = await Promise.all([1, 2, 3].map(() => balancer.startInstance()))
    await balancer.untilUp(5)
    for (const instance of more) await docker('stop', instance.id)
    await balancer.untilUp(2)
  }))

test('an instance that is recreated with another address is found, and nobody who has its old one', () =>
  unnoticed(async () => {
    const [first] = instances
    assert.ok(first)
    const left = await addressOf(first)
    await first.remove()
    // HAProxy still has the old address, and its checks are what finds it out.
    await balancer.untilUp(1)
    const squatter = await startContainer({
      image: 'node:26.10.0-slim',
      args: ['node', '-e', "require('http').createServer((_q, s) => s.writeHead(404).end()).listen(8000)"],
      options: ['--network', balancer.network, '--init'],
    })
    const next = await balancer.startInstance()
    instances[0] = next
    assert.equal(await addressOf(squatter), left)
    assert.notEqual(await addressOf(next), left)
    await balancer.untilUp(2)
    await until(() => served(next), 'the new instance to serve')
    await squatter.remove()
  }))

test('without any instance visitors get the designed page, and the site is back when one is', async () => {
  await Promise.all(instances.map((instance) => instance.kill()))
  await balancer.untilUp(0)
  const asked = performance.now()
  const answer = await balancer.ask({ path: '/who', headers: { 'X-Request-Id': '0123456789abcdef' } })
  const took = performance.now() - asked
  assert.ok(took < 5000, `it took ${took} ms`)
  assert.equal(answer.status, 503)
  assert.equal(answer.headers['retry-after'], '30')
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.match(answer.text, /The site isn’t answering[\s\S]*<code>0123456789abcdef<\/code>/)
  await Promise.all(instances.map((instance) => instance.start()))
  await until(async () => (await balancer.ask('/who')).status === 200, 'the site to be back')
  await balancer.untilUp(2)
})

test('when all instances hang, a reader gets the designed 503 within 6 s', async () => {
  await Promise.all(instances.map((instance) => instance.pause()))
  await balancer.untilUp(0)
  const asked = performance.now()
  const answer = await balancer.ask('/who')
  assert.ok(performance.now() - asked < 6000)
  assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '30'])
  assert.match(answer.text, /503[\s\S]*The site isn’t answering/)
  await Promise.all(instances.map((instance) => instance.unpause()))
  await balancer.untilUp(2)
})

test('a request that comes while no instance is up waits a second for one', async () => {
  await Promise.all(instances.map((instance) => instance.tell('ready=false')))
  await balancer.untilUp(0)
  const asked = balancer.ask('/who')
  await wait(200)
  await instances[1]?.tell('ready=true')
  assert.equal((await asked).status, 200)
  await instances[0]?.tell('ready=true')
  await balancer.untilUp(2)
})

test('instances that all fail their checks and answer none the less are asked', async () => {
  await Promise.all(instances.map((instance) => instance.tell('ready=false')))
  await balancer.untilUp(0)
  const answers = await Promise.all([1, 2, 3].map(() => balancer.ask('/who')))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  await Promise.all(instances.map((instance) => instance.tell('ready=true')))
  await balancer.untilUp(2)
})
