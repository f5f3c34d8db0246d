import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { canaryKey } from '../../../kit/compile/control.ts'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import type { Stack } from '../../../kit/compile/types.ts'
import { type Engine, engineAt } from '../../../kit/control/engine-api.ts'
import { workOn } from '../../../kit/control/work.ts'
import { runCheckJob } from '../../../kit/deploy/canary-check-run.ts'
import { checkJobOf, isCheckJob } from '../../../kit/deploy/canary-checks.ts'
import { keepTarget } from '../../../kit/deploy/canary-kept.ts'
import { deployStack } from '../../../kit/deploy/commands.ts'
import { currentRelease } from '../../../kit/deploy/current-release.ts'
import { putStack } from '../../../kit/deploy/put-stack.ts'
import { readReleases } from '../../../kit/deploy/releases.ts'
import { docker } from '../../../kit/docker.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { LABELS } from '../../../kit/swarm/labels.ts'
import { readServices } from '../../../kit/swarm/services.ts'
import { pushSmall, type SmallApp, smallApp } from '../../cluster/small-app.ts'
import { type Cluster, clusterUp } from '../../lab/cluster/cluster.ts'
import { screen } from '../cli/screen.ts'
import { canary as canaryOf } from './parts.ts'

const canary = canaryOf({ component: 'a/web' })

let cluster: Cluster
let app: SmallApp
let engine: Engine
let released: Stack

const inSwarm = <T>(work: () => Promise<T>): Promise<T> =>
  inEnvironment({ PATH: process.env.PATH, DOCKER_HOST: cluster.nodes[0].host }, work)

before(async () => {
  cluster = await clusterUp()
  engine = engineAt(cluster.nodes[0].host.replace('unix://', ''))
  await pushSmall(['1'])
  app = smallApp(cluster, 'checks', [
    { component_name: 'web', image: '$registry/node-job', args: ['sleep', '100000'], env: { WORD: 'hello' } },
  ])
  const up = await app.swarm(['up', '--yes', '--force'])
  assert.equal(up.exit, 0, up.output)
  await inSwarm(async () => {
    released = readStack(currentRelease({ releases: await readReleases(app.stack) }).stack)
    await keepTarget(app.stack, canary.id, released)
    await beside()
  })
})
after(() => app?.swarm(['delete', '--yes', '--force']))

/** The canary of the component, once it runs. */
async function beside(): Promise<void> {
  const [[key, service] = []] = Object.entries(released.services)
  assert.ok(key && service)
  const deploy = { ...service.deploy, labels: { ...service.deploy.labels, [LABELS.kind]: 'canary' } }
  const name = canaryKey(app.stack, key)
  await putStack(app.stack, { ...released, services: { [name]: { ...service, deploy } } }, { prune: false })
  for (let turn = 0; turn < 60; turn++, await sleep(500)) {
    const tasks = await engine.tasks(`${app.stack}_${name}`)
    if (tasks.some(({ state }) => state === 'running')) return
  }
  assert.fail('the canary does not run')
}

const check = (script: string, { signal } = new AbortController()) =>
  inSwarm(() =>
    runCheckJob({
      ...{ stack: app.stack, canary, signal },
      command: ['sh', '-c', script],
      tasks: engine.tasks,
    }),
  )

const jobs = async () => (await inSwarm(() => readServices(app.stack))).filter(isCheckJob)

test('a command has what the canary has, and finds its instances', async () => {
  const begun = performance.now()
  const script = 'getent hosts "$CANARY_HOST" | cut -d" " -f1; echo "$CANARY_HOST $WORD"'
  const { passed, evidence } = await check(script)
  console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`, evidence)
  assert.equal(passed, true)
  assert.match(
    evidence.join('\n'),
    /^it ends with 0\n\d+\.\d+\.\d+\.\d+\s*\ntasks\.checks-small_\S+-canary hello$/,
  )
  assert.deepEqual(await jobs(), [])
})

test('one that fails says why', async () => {
  assert.deepEqual(await check('seq 1 12; exit 3'), {
    passed: false,
    evidence: ['it ends with 3', ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(String)],
  })
})

test('one that nobody waits for any more is removed, and one of a control that died goes with the canary', async () => {
  const controller = new AbortController()
  const running = check('sleep 1000', controller)
  setTimeout(() => controller.abort(), 4000)
  await assert.rejects(running)
  assert.deepEqual(await jobs(), [])
  const { part } = checkJobOf(app.stack, released, canary, ['sleep', '1000'])
  await inSwarm(() => docker(deployStack(app.stack, printStack(part), { hasLogin: false })))
  assert.equal((await jobs()).length, 1)
  const work = workOn(app.stack, 'lab/small', engine, screen().context)
  for (let turn = 0; turn < 20 && !(await inSwarm(() => work.removeCanaries())); turn++) await sleep(500)
  const kinds = (await inSwarm(() => readServices(app.stack))).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['component'])
})
