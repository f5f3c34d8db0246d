import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { until } from '../until.ts'
import {
  answering,
  imagesOf,
  makeRelease,
  removeReleases,
  rollout,
  running,
  startRollout,
  withFault,
} from './rolling.ts'

let stack: ProductionStack
let slow: string
before(async () => {
  stack = await productionUp({ settings: { RELEASE: 'first' } })
  // Its trial waits until somebody loses patience.
  slow = await makeRelease(stack, 'slow', withFault(answering(503, "req.url === '/readyz'")))
})
after(async () => {
  if (!stack) return
  await stack.down()
  await removeReleases(stack)
})

const trials = () => docker('ps', '--all', '--quiet', '--filter', `name=^${stack.project}-trial$`)

/** Begins to try the release out, and gets these signals meanwhile. */
async function interrupted(...signals: NodeJS.Signals[]) {
  const rolling = startRollout(stack, '--image', slow)
  await rolling.until(/Checked the configuration/)
  await until(async () => (await trials()) !== '', 'the trial to begin', 30)
  for (const signal of signals) rolling.process.kill(signal)
  return rolling.ended
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`a rollout that gets ${signal} while it tries a release out takes that away, and ends with ${code}`, async () => {
    const [instances, images] = [await stack.containers('webapp'), await imagesOf(stack)]
    const { exit, output } = await interrupted(signal, signal)
    assert.equal(exit, code, output)
    assert.match(output, /Interrupted\. Whatever is healthy goes on serving/)
    assert.equal(await trials(), '')
    assert.deepEqual(await imagesOf(stack), images)
    assert.deepEqual((await stack.containers('webapp')).sort(), instances.sort())
  })
}

test('what a killed rollout tried out is taken away by the next one, whatever comes of that', async () => {
  await interrupted('SIGKILL')
  assert.notEqual(await trials(), '')
  const { exit } = await rollout(stack, '--image', `no-such-image:${stack.project}`)
  assert.equal(exit, 1)
  assert.equal(await trials(), '')
})

test('a rollout removes what one before built in vain; interrupted, it is taken back by the next one', async () => {
  const good = await makeRelease(stack, 'second')
  // A build that was killed before its trial left this.
  const left = await makeRelease(stack, 'left')
  const id = await docker('image', 'inspect', '--format', '{{.Id}}', left)
  await docker('image', 'tag', left, `dogfood-webapp:${stack.project}-next`)
  await docker('image', 'rm', left)
  const rolling = startRollout(stack, '--image', good)
  await rolling.until(/Started webapp 1 of 3/)
  await assert.rejects(docker('image', 'inspect', id), /No such image/)
  rolling.process.kill('SIGINT')
  assert.equal((await rolling.ended).exit, 130)
  const { exit, output } = await rollout(stack, '--back')
  assert.equal(exit, 0, output)
  assert.match(output, /A rollout was interrupted: going back to the release before/)
  assert.deepEqual(await running(stack), Array(3).fill('first healthy'))
})

test('the site can be taken down while a trial of a killed rollout runs', async () => {
  await interrupted('SIGKILL')
  await stack.compose('down', '--remove-orphans', '--timeout', '5')
  assert.equal(await trials(), '')
  const networks = await docker('network', 'ls', '--quiet', '--filter', `name=${stack.project}_`)
  assert.equal(networks, '')
})
