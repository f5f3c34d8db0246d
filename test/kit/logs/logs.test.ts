import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../../kit/failure.ts'
import { inOrderOfTime, type LogLine, parseLine, readable, sayLine } from '../../../kit/logs/line.ts'
import { Merge } from '../../../kit/logs/merge.ts'
import { since } from '../../../kit/logs/since.ts'
import { logOfTask } from '../../../kit/swarm/commands.ts'
import { nodes, serviceNamed, services, tasks } from '../swarm/recorded.ts'

const source = { component: 'site/web', instance: 2, node: 'node1', task: 'abc' }
const line = (time: string, text = time): LogLine => ({ ...source, time, text, stream: 'output' })

test('a line has its time to the nanosecond, its text whole, and where it was written', () => {
  const parsed = parseLine('2026-11-21T18:32:47.26Z  {"a": 1} ', 'errors', source)
  assert.deepEqual(parsed, {
    ...source,
    time: '2026-11-21T18:32:47.260000000Z',
    stream: 'errors',
    text: ' {"a": 1} ',
  })
  assert.equal(parseLine('2026-11-21T18:32:47Z', 'output', source)?.text, '')
  assert.equal(parseLine('error from daemon in stream: Error grabbing logs', 'errors', source), undefined)
})

test('times of different lengths are in order', () => {
  const parsed = ['2026-11-21T18:32:47.9Z b', '2026-11-21T18:32:47.10Z a', '2026-11-21T18:32:48Z c']
    .map((text) => parseLine(text, 'output', source))
    .filter((one) => one !== undefined)
  assert.deepEqual(
    inOrderOfTime(parsed).map(({ text }) => text),
    ['a', 'b', 'c'],
  )
})

test('a line is told with its instance and node', () => {
  const text = sayLine(line('2026-11-21T18:32:47.263401692Z', 'listening'))
  assert.equal(text, '2026-11-21T18:32:47.263Z site/web.2 node1 | listening\n')
  assert.match(sayLine({ ...line('2026-11-21T18:32:47.263401692Z'), instance: 0 }), / site\/web node1 \| /)
})

test('every task that had a container can be read, those that ended too', () => {
  const found = readable(services, tasks, nodes)
  const count = (component: string) => found.filter((one) => one.source.component === component).length
  assert.deepEqual([count('site/webapp'), count('site/webapp (balancer)'), count('site/nginx')], [3, 3, 3])
  assert.ok(count('site/worker') > 1)
  assert.equal(count('stores/redisqueue'), 0)
  assert.ok(found.every(({ reachable }) => reachable))
})

test('lines of a canary and of what is run once are told from those of the version that all have', () => {
  const webapp = serviceNamed('site-webapp')
  const namesOf = (kind: string, component = webapp.component) => [
    ...new Set(
      readable([{ ...webapp, kind, component }], tasks, nodes).map(({ source }) => source.component),
    ),
  ]
  assert.deepEqual(
    ['component', 'canary', 'run'].flatMap((kind) => namesOf(kind)),
    ['site/webapp', 'site/webapp (canary)', 'site/webapp (run)'],
  )
  assert.deepEqual(namesOf('', ''), [webapp.name])
})

test('a task on a lost node is not waited for', () => {
  const lost = nodes.map((node) => ({ ...node, state: 'down' as const }))
  assert.ok(readable(services, tasks, lost).every(({ reachable }) => !reachable))
})

test('lines that come late are held until those before them are there', () => {
  const out: string[] = []
  const merge = new Merge(({ text }) => void out.push(text))
  merge.add(line('2026-11-21T10:00:00.2Z', 'second'), 0)
  merge.add(line('2026-11-21T10:00:00.1Z', 'first'), 300)
  merge.add(line('2026-11-21T10:00:00.3Z', 'third'), 390)
  merge.settle(399)
  assert.deepEqual(out, [])
  merge.settle(400)
  assert.deepEqual(out, ['first', 'second'])
  merge.flush()
  assert.deepEqual(out, ['first', 'second', 'third'])
})

const now = new Date('2026-11-21T12:00:00Z')
for (const [text, time] of [
  ['90s', '2026-11-21T11:58:30.000Z'],
  ['10m', '2026-11-21T11:50:00.000Z'],
  ['2h', '2026-11-21T10:00:00.000Z'],
  ['1d', '2026-11-20T12:00:00.000Z'],
  ['2026-11-21T10:00:00+01:00', '2026-11-21T09:00:00.000Z'],
] as const) {
  test(`--since ${text} is a time`, () => assert.equal(since(text, now), time))
}

test('another word is no time', () => {
  for (const text of ['soon', '10', '-5m', '10 m'])
    assert.throws(
      () => since(text, now),
      (error) => error instanceof Failure && error.kind === 'usage',
      text,
    )
})

test('a log is asked for task by task, and bounded', () => {
  assert.equal(
    logOfTask('abc', { tail: 100, since: '2026-11-21T10:00:00Z' }).args.join(' '),
    'service logs --raw --timestamps --tail 100 --since 2026-11-21T10:00:00Z abc',
  )
})
