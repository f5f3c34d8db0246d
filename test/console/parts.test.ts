import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastChart } from '../../app/console/charts.ts'
import type { CanarySeen } from '../../app/console/control-answers.ts'
import type { Seen } from '../../app/console/read-app.ts'
import { canaryView, instanceRows, nodeRows } from '../../app/console/rows.ts'
import { sayImage, sayTime } from '../../app/console/said.ts'

test('an image is its name, tag and the first of its digest', () => {
  const digest = 'ab'.repeat(32)
  assert.equal(sayImage(`registry.example.com:5000/org/webapp:7@sha256:${digest}`), 'webapp:7 (abababababab)')
  assert.equal(sayImage('webapp:7'), 'webapp:7')
  assert.equal(sayImage(''), '')
})

test('what is no time is nothing', () => {
  assert.equal(sayTime('2026-11-21T18:32:47.263Z'), '21 Nov 2026, 18:32:47')
  assert.deepEqual([sayTime(undefined), sayTime('x'), sayTime('')], ['', '', ''])
})

const instance = {
  ...{ component: 'site/webapp', kind: 'component', instance: 1, node: 'n1', state: 'running' },
  ...{ wanted: 'running', since: '', image: '', task: 't1' },
}
const component = {
  ...{ component: 'site/webapp', kind: 'component', state: 'up', wanted: 2, running: 2, image: '' },
  ...{
    nodes: { n1: 1, n2: 2 },
    health: 'good',
    faults: [{ instance: 1, node: 'n1', why: 'exit 1', task: 't0' }],
  },
}
const seen = (changes: Partial<Seen['app']>, instances: Seen['instances']): Seen => ({
  app: {
    stack: 's',
    state: 'up',
    nodes: { ready: 2, all: 3, away: ['n3'] },
    components: [component],
    ...changes,
  },
  ...{ instances, releases: [], canary: null, task: undefined, at: 0, instancesAt: 0, seldomAt: 0 },
})

test('an instance stands beside its last fault, and a fault without an instance by itself', () => {
  const { rows, gone } = instanceRows(seen({}, [instance, { ...instance, instance: 2 }]))
  assert.deepEqual(
    rows.map(({ fault }) => fault?.why),
    ['exit 1', undefined],
  )
  assert.deepEqual(gone, [])
  const without = instanceRows(seen({}, []))
  assert.deepEqual(
    without.gone.map(({ component, why }) => [component, why]),
    [['site/webapp', 'exit 1']],
  )
})

test('of a component with one on each machine, the fault is that of the machine', () => {
  const faults = [{ instance: 0, node: 'n2', why: 'no room', task: 't' }]
  const each = { ...instance, instance: 0 }
  const both = [each, { ...each, node: 'n2' }]
  const { rows } = instanceRows(seen({ components: [{ ...component, faults }] }, both))
  assert.deepEqual(
    rows.map(({ fault }) => fault?.why),
    [undefined, 'no room'],
  )
})

test('nodes are those with instances, and those that are away', () => {
  const rows = nodeRows(seen({}, []))
  assert.deepEqual(
    rows.map(({ name, isAway, components }) => [name, isAway, components.map(({ count }) => count)]),
    [
      ['n1', false, [1]],
      ['n2', false, [2]],
      ['n3', true, []],
    ],
  )
})

test('in each phase there is what control allows', () => {
  const canary: CanarySeen = {
    ...{ id: 'c', component: 'site/webapp', image: 'x', from: 1, who: 'a', why: '', steps: [5, 50, 100] },
    ...{ share: 50, manual: false, checks: [], history: [], phase: { kind: 'stepping' } },
  }
  const can = (kind: string) =>
    Object.entries(canaryView({ ...canary, phase: { kind } }).can).flatMap(([name, may]) =>
      may ? [name] : [],
    )
  assert.deepEqual(can('starting'), ['abort'])
  assert.deepEqual(can('stepping'), ['pause', 'promote', 'share', 'abort'])
  assert.deepEqual(can('paused'), ['resume', 'promote', 'share', 'abort'])
  assert.deepEqual(can('holding'), ['pause', 'promote', 'share', 'abort'])
  for (const kind of ['promoting', 'aborting', 'ended']) assert.deepEqual(can(kind), [])
  const { steps } = canaryView(canary)
  assert.deepEqual(
    steps.map(({ isNow }) => isNow),
    [false, true, false],
  )
})

test('a chart is asked for once, and again after a while where there was none', async () => {
  let now = 0
  const answers: (string | undefined)[] = [undefined, undefined, '<svg/>']
  let asked = 0
  const charts = lastChart({ chart: async () => answers[asked++] }, () => now)
  assert.equal(await charts.of('c'), undefined)
  assert.equal(await charts.of('c'), undefined)
  assert.equal(asked, 1)
  now += 20_000
  await charts.of('c')
  now += 20_000
  assert.deepEqual([await charts.of('c'), await charts.of('c'), asked], ['<svg/>', '<svg/>', 3])
  await charts.of('other')
  assert.equal(asked, 4)
})
