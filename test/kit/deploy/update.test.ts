import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { readRelease, writeRelease } from '../../../kit/deploy/release.ts'
import { screen } from '../cli/screen.ts'
import { serviceNamed } from '../swarm/recorded.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { service, stackOf } from './stacks.ts'

const STACK = 'dogfood-production'
const DIGEST = `sha256:${'a'.repeat(64)}`
const FIRST = `hub/app:first@${DIGEST}`
const WORKER = `hub/worker:1@${DIGEST}`
/** The registry has one image, by whatever tag. */
const ANSWERS = `'config inspect'*) cat "$(dirname "$0")/releases" ;; 'buildx imagetools'*) echo ${DIGEST} ;;
  'service inspect'*) cat "$(dirname "$0")/services" ;; 'stack ps'* | 'secret ls'* | 'network ls'*) ;;`

const { deploy } = service('site/webapp')
const labels = { ...deploy.labels, 'dogfood.image': 'hub/app:second' }
const released = stackOf({
  'site-webapp': service('site/webapp', { image: FIRST, deploy: { ...deploy, labels } }, 1),
  'site-worker': service('site/worker', { image: WORKER }, 2),
})

function inspected(name: string, Image: string, replicas: number) {
  const { spec } = serviceNamed(name)
  const TaskTemplate = { ...spec.TaskTemplate, ContainerSpec: { Image } }
  const Spec = { ...spec, TaskTemplate, Mode: { Replicated: { Replicas: replicas } } }
  return { ID: name, CreatedAt: '', UpdatedAt: '', Spec }
}

/** What an update of the webapp would put into the swarm and keep, and which image was asked for. */
async function updated(t: TestContext, line: string) {
  const { folder, env, asked } = recordedSwarm(t, ANSWERS)
  const content = writeRelease({
    ...{ number: 1, who: '', when: '', reason: '', environment: '', stack: printStack(released) },
    ...{ images: [], secrets: [], configs: [], specs: {} },
  })
  const Spec = {
    Name: `${STACK}_release-1`,
    Labels: { 'dogfood.app': STACK, 'dogfood.kind': 'release' },
    Data: Buffer.from(content).toString('base64'),
  }
  writeFileSync(join(folder, 'releases'), JSON.stringify([{ ID: 'r', CreatedAt: '', Spec }]))
  const services = [inspected('site-webapp', FIRST, 3), inspected('site-worker', WORKER, 0)]
  writeFileSync(join(folder, 'services'), JSON.stringify(services))
  const { told, context } = screen({ directory: folder, env })
  assert.equal(await run([...line.split(' '), '--dry-run'], context), 0, told.complained)
  const [, file = ''] = /docker stack deploy .*<<'END'\n([\s\S]*?)\nEND\n/.exec(told.said) ?? []
  const [, kept = ''] = /_release-2 - <<'END'\n([\s\S]*?)\nEND\n/.exec(told.said) ?? []
  return {
    told: readStack(file).services,
    kept: readStack(readRelease(kept).stack).services,
    asked: asked().filter((line) => line.startsWith('buildx')),
  }
}

test('an update asks for the tag that was written, and changes nobody else', async (t) => {
  const { told, kept, asked } = await updated(t, 'update webapp -s all-at-once')
  assert.match(asked.join(), / hub\/app:second$/)
  assert.deepEqual([told['site-worker']?.deploy.replicas, kept['site-worker']?.deploy.replicas], [0, 2])
  assert.deepEqual([told['site-webapp']?.deploy.replicas, kept['site-webapp']?.deploy.replicas], [3, 3])
})

test('the strategy of an update is not kept in its release', async (t) => {
  const { told, kept } = await updated(t, 'update webapp=third --strategy all-at-once')
  const parallelism = [told, kept].map((one) => one['site-webapp']?.deploy.update_config?.parallelism)
  assert.deepEqual(parallelism, [0, 1])
})

test('another tag of what runs is written down, and restarts nothing', async (t) => {
  const { told } = await updated(t, 'update webapp=third')
  const webapp = told['site-webapp']
  assert.deepEqual([webapp?.image, webapp?.deploy.labels['dogfood.image']], [FIRST, 'hub/app:third'])
})
