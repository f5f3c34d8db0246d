import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { killFromOutside, mainProcess } from '../production/processes.ts'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { until } from '../until.ts'
import { startLoad } from './load.ts'
import { imagesOf, makeRelease, removeReleases, rollout, running, startRollout } from './rolling.ts'
import { visits } from './visits.ts'

let stack: ProductionStack
let images: string[]
before(async () => {
  stack = await productionUp({ settings: { RELEASE: 'first' } })
  images = [await makeRelease(stack, 'second'), await makeRelease(stack, 'third')]
})
after(async () => {
  if (!stack) return
  await stack.down()
  await removeReleases(stack)
})

const three = (release: string) => Array(3).fill(`${release} healthy`)

async function killedAfter(line: RegExp, image = ''): Promise<void> {
  const rolling = startRollout(stack, '--image', image)
  await rolling.until(line)
  rolling.process.kill('SIGKILL')
  await rolling.ended
}

const whileServing = async (...args: string[]): Promise<string> => {
  const load = startLoad(stack.url, visits('', 50), 50)
  const { exit, output } = await rollout(stack, ...args)
  assert.deepEqual((await load.stop()).failed.slice(0, 10), [], output)
  assert.equal(exit, 0, output)
  return output
}

test('of two rollouts at once the second is refused', async () => {
  const first = startRollout(stack, '--image', images[0] ?? '')
  await first.until(/Checked the configuration/)
  const { exit, output } = await rollout(stack, '--image', images[1] ?? '')
  assert.equal(exit, 1)
  assert.match(output, /Another rollout of .* is under way/)
  assert.equal((await first.ended).exit, 0)
  assert.deepEqual(await running(stack), three('second'))
})

test('a rollout killed while it starts instances is taken back by --back, to instances that ended once', async () => {
  const [old = ''] = await stack.containers('webapp')
  await killFromOutside(await mainProcess(old), 'node:26.10.0-slim')
  const told = () => docker('inspect', '--format', '{{.RestartCount}} {{.State.Health.Status}}', old)
  await until(async () => (await told()) === '1 healthy', 'the instance to be started again', 60)
  await killedAfter(/Started webapp 2 of 3/, images[1])
  const output = await whileServing('--back')
  assert.match(output, /A rollout was interrupted: going back to the release before/)
  assert.deepEqual(await running(stack), three('second'))
  assert.deepEqual(await running(stack, 'worker'), ['second healthy'])
  assert.equal(
    Object.keys(await imagesOf(stack)).some((name) => /next|replaced/.test(name)),
    false,
  )
})

test('a rollout killed while it stops instances is ended or taken back by the next one', async () => {
  await killedAfter(/Stopped old webapp 2 of 3/, images[1])
  const output = await whileServing('--image', images[1] ?? '')
  assert.match(
    output,
    /A rollout was interrupted: (?:ending it, as its instances serve|going back to the release before)/,
  )
  assert.deepEqual(await running(stack), three('third'))
  assert.deepEqual(await running(stack, 'worker'), ['third healthy'])
})

test('containers that are all started again publish the release that runs', async () => {
  const publisher = async () => (await stack.containers('files'))[0] ?? ''
  const format = ['inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}']
  await stack.compose('restart', 'files')
  await until(async () => (await docker(...format, await publisher())) === 'exited 0', 'published again', 60)
  const made = await docker('inspect', '--format', '{{.Image}}', await publisher())
  const front = `dogfood-front:${stack.project}`
  assert.equal(made, await docker('image', 'inspect', '--format', '{{.Id}}', front))
})

test('a rollout killed before it changed anything leaves nothing to mend', async () => {
  await killedAfter(/Checked the configuration/, images[0])
  const output = await whileServing('--image', images[0] ?? '')
  assert.doesNotMatch(output, /interrupted/)
  assert.deepEqual(await running(stack), three('second'))
})
