import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { type Release, writeRelease } from '../../../kit/deploy/release.ts'
import { specsOf } from '../../../kit/deploy/unchanged.ts'
import { serviceOf } from '../../../kit/swarm/services.ts'
import { serviceNamed } from '../swarm/recorded.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { screen } from './screen.ts'

const release = (number: number, stack: string): Release => ({
  number,
  who: 'ann',
  when: '2026-11-21T16:33:05Z',
  reason: 'up',
  environment: 'dogfood/production',
  stack,
  images: [],
  secrets: [],
  configs: [],
  specs: specsOf([serviceOf(inspected(1))]),
})

const ANSWERS = `'config inspect'*) cat "$(dirname "$0")/releases" ;; 'secret ls'*) ;;
  'service inspect'*) cat "$(dirname "$0")/services" ;;`

/** What the swarm says of the webapp of the newest release. */
function inspected(replicas: number) {
  const { spec } = serviceNamed('site-webapp')
  const ContainerSpec = { ...spec.TaskTemplate.ContainerSpec, Image: 'webapp:1' }
  const TaskTemplate = { ...spec.TaskTemplate, ContainerSpec }
  const Spec = { ...spec, TaskTemplate, Mode: { Replicated: { Replicas: replicas } } }
  return { ID: 'a', CreatedAt: '', UpdatedAt: '', Spec }
}

/** A swarm with these stacks as its kept releases, of the newest so many instances, and what is typed there. */
async function withReleases(t: TestContext, stacks: readonly string[], replicas = 1) {
  const { folder, env } = recordedSwarm(t, ANSWERS)
  writeFileSync(join(folder, 'services'), JSON.stringify([inspected(replicas)]))
  const objects = stacks.map((stack, index) => ({
    ID: `id${index}`,
    CreatedAt: `2026-11-21T16:33:0${index}Z`,
    Spec: {
      Name: `dogfood-production_release-${index + 1}`,
      Labels: { 'dogfood.app': 'dogfood-production', 'dogfood.kind': 'release' },
      Data: Buffer.from(writeRelease(release(index + 1, stack))).toString('base64'),
    },
  }))
  writeFileSync(join(folder, 'releases'), JSON.stringify(objects))
  return async (line: string) => {
    const { told, context } = screen({ directory: folder, env })
    return { code: await run(line.split(' '), context), ...told }
  }
}

async function compiled(t: TestContext): Promise<string> {
  const typed = await withReleases(t, [])
  return (await typed('compile')).said
}

test('what was compiled from the same definition changes nothing', async (t) => {
  const typed = await withReleases(t, ['', await compiled(t)])
  const { code, said } = await typed('diff --offline')
  assert.deepEqual([code, said], [0, 'Nothing would change: release 2 is it.\n'])
})

test('each change is a line, and what is restarted is told', async (t) => {
  const other = (await compiled(t)).replace('webapp:1', 'webapp:0')
  const typed = await withReleases(t, [other])
  const { said } = await typed('diff --offline')
  assert.match(said, /^site\/webapp: image webapp:0 -> webapp:1 \(restarts\)\n\nRestarted: site\/webapp\.\n$/)
  const { from, changes, restarts } = JSON.parse((await typed('diff --offline --json')).said)
  assert.deepEqual([from, changes.length, restarts], [1, 1, ['site/webapp']])
})

test('it is compared with what runs: a component that is stopped will start', async (t) => {
  const typed = await withReleases(t, [await compiled(t)], 0)
  const { said } = await typed('diff --offline')
  assert.equal(said, 'site/webapp: scale 0 -> 1\n\nRestarted: nothing.\n')
})

test('before the first deploy every component is new', async (t) => {
  const typed = await withReleases(t, [])
  assert.match((await typed('diff --offline')).said, /^site\/webapp: component added/)
})

test('cat prints what runs, and any kept release', async (t) => {
  const typed = await withReleases(t, ['services: {}\n', 'networks: {}\n'])
  assert.equal((await typed('cat')).said, 'networks: {}\n')
  assert.equal((await typed('cat 1')).said, 'services: {}\n')
  assert.deepEqual(JSON.parse((await typed('cat 1 --json')).said), { services: {} })
  const missing = await typed('cat 9')
  assert.equal(missing.code, 1)
  assert.equal(missing.complained, 'Release 9 of dogfood-production is not kept.\nThese are: 2, 1.\n')
  assert.equal((await typed('cat newest')).code, 2)
})
