import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Container, docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { askNode, createSurroundings, type Surroundings, VOLUME } from './swarm-node.ts'

let around: Surroundings
let node: Container | undefined
let here: Container | undefined
let elsewhere: Container | undefined

before(async () => {
  around = await createSurroundings()
})
after(async () => {
  for (const container of [node, here, elsewhere]) await container?.remove()
  await around?.delete()
})

const ask = (path: string): Promise<string> => askNode(node, path)

const answers = async (path: string, wanted: string): Promise<boolean> => (await ask(path)) === wanted

/** Asks all the time, for pages of the cache and for others, until it is stopped; what was answered, and how often. */
function askOn(): { readonly seen: ReadonlyMap<string, number>; stop(): Promise<void> } {
  const seen = new Map<string, number>()
  let isOver = false
  const askers = Array.from({ length: 12 }, async (_, asker) => {
    for (let turn = 0; !isOver; turn++) {
      const said = await ask(asker % 2 ? `/docs/${asker}-${turn}` : `/search?q=${asker}-${turn}`)
      seen.set(said, (seen.get(said) ?? 0) + 1)
    }
  })
  return {
    seen,
    async stop() {
      isOver = true
      await Promise.all(askers)
    },
  }
}

test('a node asks the balancer on it, the others while that is away, and it again once it is back', async () => {
  here = await around.startBalancer('here', 'webapp', 'webapp-here')
  elsewhere = await around.startBalancer('elsewhere', 'webapp')
  node = await around.startNode()
  await until(() => answers('/search?q=0', 'here'), 'the balancer of the node', 30)
  for (let turn = 1; turn < 10; turn++) assert.equal(await ask(`/search?q=${turn}`), 'here')
  for (let time = 1; time <= 4; time++) {
    const asking = askOn()
    await until(async () => (asking.seen.get('here') ?? 0) > 100, 'visitors')
    await here.kill()
    await until(async () => (asking.seen.get('elsewhere') ?? 0) > 100 * time, 'another balancer')
    await asking.stop()
    assert.deepEqual([...asking.seen.keys()].sort(), ['elsewhere', 'here'])
    await here.start()
    await until(() => answers(`/search?q=back-${time}`, 'here'), 'the balancer of the node')
  }
})

test('a node goes on serving files of the release before', async () => {
  const old = '/static/js/old.0123456789ab.js'
  await docker('exec', node?.id ?? '', 'sh', '-c', `echo old >${VOLUME}/static/identity${old}`)
  assert.match(await ask(old), /^old/)
  await node?.remove()
  node = await around.startNode()
  await until(async () => /^old/.test(await ask(old)), 'the file of before', 30)
  assert.match(await ask('/icon.svg'), /<svg/)
})
