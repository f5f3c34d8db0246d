import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { ask } from '../nginx/ask.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { visitors } from './visitors.ts'

const script = fileURLToPath(new URL('./nameserver.ts', import.meta.url))
/** Several resolutions of HAProxy, each with its repetitions. */
const A_WHILE = 3000
let nameserver: Container
let balancer: Balancer
let addresses: string[]

const addressOf = (name: string) =>
  docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', name)

const dnsSays = async (answer: string): Promise<{ asked: number }> =>
  JSON.parse((await ask(nameserver.port(9000), `/?${answer}`)).text)

before(async () => {
  nameserver = await startContainer({
    image: 'node:26.10.0-slim',
    args: ['node', '/nameserver.ts'],
    options: ['--init', '--volume', `${script}:/nameserver.ts:ro`],
    ports: [9000],
  })
  // Both see each other on Docker's default network.
  balancer = await startBalancer('--env', `NAMESERVER=${await addressOf(nameserver.name)}:53`)
  await docker('network', 'connect', balancer.network, nameserver.name)
  await docker('network', 'connect', 'bridge', balancer.container.name)
  const instances = await Promise.all([1, 2, 3].map(() => balancer.startInstance()))
  addresses = await Promise.all(instances.map(({ name }) => addressOf(name)))
  await dnsSays(addresses.join(','))
  await balancer.untilUp(3)
})
after(async () => {
  await docker('network', 'disconnect', balancer.network, nameserver.name)
  await balancer.stop()
  await nameserver.remove()
})

for (const answer of ['silent', 'failing', 'refused', 'unknown', 'nothing']) {
  test(`a DNS that is ${answer} takes no living instance out`, async () => {
    const load = visitors(balancer.port, '/who', 50)
    const { asked } = await dnsSays(answer)
    await wait(A_WHILE)
    assert.equal(await balancer.up(), 3)
    assert.deepEqual((await load.stop()).failures, [])
    assert.ok((await dnsSays(addresses.join(','))).asked > asked, 'DNS was not asked')
    await wait(A_WHILE / 3)
  })
}

test('an answer that forgets an instance for a moment takes it out for none', async () => {
  const [first = '', ...others] = addresses
  await dnsSays(others.join(','))
  await wait(A_WHILE)
  assert.equal(await balancer.up(), 3)
  await dnsSays([...others, first].join(','))
  await wait(A_WHILE)
  assert.equal(await balancer.up(), 3)
})

test('an address twice in an answer, and one where nobody lives, get no visitor', async () => {
  const [first = ''] = addresses
  const nobody = first.replace(/\d+$/, '250')
  await dnsSays([first, ...addresses, nobody].join(','))
  const load = visitors(balancer.port, '/who', 50)
  await wait(A_WHILE)
  assert.equal(await balancer.up(), 3)
  assert.deepEqual((await load.stop()).failures, [])
})
