import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { ask } from './ask.ts'
import { askNode, createSurroundings, type Surroundings } from './swarm-node.ts'

const nameserverScript = fileURLToPath(new URL('../balancer/nameserver.ts', import.meta.url))

let around: Surroundings
let nameserver: Container
let elsewhere: Container
let node: Container

before(async () => {
  around = await createSurroundings()
  const mounted = ['--init', '--volume', `${nameserverScript}:/nameserver.ts:ro`]
  const options = ['--network', around.network, ...mounted]
  nameserver = await startContainer({
    image: 'node:26.10.0-slim',
    args: ['node', '/nameserver.ts'],
    options,
    ports: [9000],
  })
  elsewhere = await around.startBalancer('elsewhere', 'webapp')
  // What Docker's DNS does not know, the name of the node's own balancer, it asks this one.
  node = await around.startNode('--dns', await addressOf(nameserver))
})
after(async () => {
  for (const container of [node, elsewhere, nameserver]) await container?.remove()
  await around?.delete()
})

const addressOf = (container: Container): Promise<string> =>
  docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container.name)

/** Has DNS answer so, if that is given; how often it was asked. */
const dnsSays = async (answer = ''): Promise<number> =>
  JSON.parse((await ask(nameserver.port(9000), `/?${answer}`)).text).asked

/** nginx asks each second. */
async function untilAsked(): Promise<void> {
  const before = await dnsSays()
  while ((await dnsSays()) === before) await sleep(10)
}

/** Asks every 50 ms for so many milliseconds, for pages of the cache and for others; what was answered, in the end. */
async function askFor(ms: number, round: number): Promise<string[]> {
  const answers: Promise<string>[] = []
  for (let turn = 0; turn < ms / 50; turn++) {
    answers.push(askNode(node, turn % 2 ? `/docs/${round}-${turn}` : `/search?q=${round}-${turn}`))
    await sleep(50)
  }
  return Promise.all(answers)
}

/** The addresses that nginx tried for requests whose upstream changed under them twice. */
const givenUpTwice = async (): Promise<string[]> =>
  (await docker('logs', node.name)).split('\n').filter((line) => /, webapp : [^"]+, webapp/.test(line))

test('a request whose upstream changes under it twice is answered', { timeout: 400_000 }, async () => {
  // Nobody has these addresses, so a connect is in vain without a word, as with a balancer that has just died.
  const nobody = (await addressOf(elsewhere)).replace(/\d+$/, '24')
  for (let round = 0; round < 40 && (await givenUpTwice()).length === 0; round++) {
    await dnsSays(`${nobody}0`)
    await sleep(1500)
    await untilAsked()
    // How soon nginx follows is chance, so the rounds differ.
    await sleep(300 + 100 * (round % 5))
    const asking = askFor(2500, round)
    await sleep(200)
    await dnsSays(`${nobody}1`)
    await sleep(1100)
    await dnsSays(`${nobody}2`)
    assert.deepEqual([...new Set(await asking)], ['elsewhere'])
  }
  await until(async () => (await givenUpTwice()).length > 0, 'a request that nginx gives up twice', 2)
})
