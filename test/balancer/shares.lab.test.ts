import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Balancer, startBalancer } from './balancer.ts'

let balancer: Balancer
before(async () => {
  balancer = await startBalancer()
  await Promise.all([1, 2, 3].map(() => balancer.startInstance()))
  await balancer.untilUp(3)
})
after(() => balancer.stop())

/** Asks for a page that takes 600 ms, as nginx does for a visitor with this address, or for nobody. */
const askAs = (address?: string) =>
  balancer.ask({ path: '/queued', headers: address ? { 'X-Forwarded-For': address } : {} })

/** So many requests of one address under way until it is told to stop. */
function crowd(address: string, count: number): { stop(): Promise<void> } {
  let stopped = false
  const one = async () => {
    while (!stopped) {
      const { status } = await askAs(address)
      if (status !== 200) await wait(100)
    }
  }
  const all = Array.from({ length: count }, one)
  return {
    async stop() {
      stopped = true
      await Promise.all(all)
    },
  }
}

test('one address has at most 256 requests under way, and is told so by the designed page', async () => {
  const answers = Promise.all(Array.from({ length: 300 }, () => askAs('203.0.113.9')))
  await wait(300)
  const other = await askAs('203.0.113.10')
  const refused = (await answers).filter(({ status }) => status === 503)
  assert.equal(other.status, 200)
  assert.equal(refused.length, 44)
  assert.equal(refused[0]?.headers['retry-after'], '30')
  assert.match(refused[0]?.text ?? '', /We are busy right now/)
})

test('all addresses of one IPv6 network are counted as one', async () => {
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) => askAs(`2001:db8:1:2:${index.toString(16)}::1`)),
  )
  assert.equal(answers.filter(({ status }) => status === 503).length, 44)
})

test('a few addresses that ask for all they can leave others their places, and refreshes of pages too', async () => {
  const crowds = [1, 2, 3, 4].map((last) => crowd(`203.0.113.${last}`, 200))
  await wait(1500)
  const met: number[] = []
  for (let count = 0; count < 10; count++) {
    const begun = performance.now()
    const answers = await Promise.all(['198.51.100.1', '198.51.100.2', undefined].map(askAs))
    met.push(...answers.map(({ status }) => status))
    assert.ok(performance.now() - begun < 5000, 'visitors wait too long')
  }
  await Promise.all(crowds.map(({ stop }) => stop()))
  assert.deepEqual(
    met.filter((status) => status !== 200),
    [],
  )
})

test('a read whose body still comes in is refused, and no instance waits for it', async () => {
  for (const method of ['GET', 'HEAD']) {
    const headers = { 'Transfer-Encoding': 'chunked', 'X-Request-Id': `body-${method}` }
    const answer = await balancer.ask({ path: '/who', method, headers, body: 'x' })
    assert.equal(answer.status, 400)
    assert.equal((await balancer.logged(`body-${method}`)).instance, '')
  }
})
