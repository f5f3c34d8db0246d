import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { inEnvironment } from '../../../kit/environment.ts'
import { type FollowBounds, followLogs } from '../../../kit/logs/follow-logs.ts'
import { type LogLine, type Readable, readable, sizeOf } from '../../../kit/logs/line.ts'
import { Merge } from '../../../kit/logs/merge.ts'
import { Newest } from '../../../kit/logs/newest.ts'
import { readLogs } from '../../../kit/logs/read-logs.ts'
import { nodes, serviceNamed, tasks } from '../swarm/recorded.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const source = { component: 'site/web', instance: 2, node: 'node1' }
const timeOf = (second: number): string => new Date(second * 1000).toISOString()
const line = (second: number, task = 'abc', text = 'é'.repeat(100)): LogLine => {
  return { ...source, task, time: timeOf(second), text, stream: 'output' }
}
const secondsOf = (lines: readonly LogLine[]): number[] =>
  lines.map(({ time }) => new Date(time).getTime() / 1000)

test('of too many lines the newest are kept, whichever task they are of and however they come', () => {
  const most = 10 * sizeOf(line(1))
  const newest = new Newest(most)
  for (let second = 1000; second > 0; second -= 2) {
    newest.add(line(second, 'old'))
    newest.add(line(1001 - second, 'new'))
    assert.ok(newest.size <= most * 1.25, `${newest.size}`)
  }
  const { lines, leftOut } = newest.taken()
  assert.deepEqual(secondsOf(lines), [991, 992, 993, 994, 995, 996, 997, 998, 999, 1000])
  assert.equal(leftOut, timeOf(990))
})

test('lines that fit are all there, without those of a task that is read again', () => {
  const newest = new Newest(1e6)
  for (const second of [3, 1, 2]) newest.add(line(second, `${second}`))
  newest.forget('2')
  const { lines, leftOut } = newest.taken()
  assert.deepEqual([secondsOf(lines), leftOut], [[1, 3], ''])
})

test('one line that is larger than all may be is left out', () => {
  const newest = new Newest(1000)
  newest.add(line(1, 'abc', 'x'.repeat(10_000)))
  assert.deepEqual(newest.taken(), { lines: [], leftOut: timeOf(1) })
})

test('lines that are held until others come are bounded, too', () => {
  const out: number[] = []
  const merge = new Merge((one) => void out.push(...secondsOf([one])), 3 * sizeOf(line(1)))
  for (const second of [3, 2, 1]) merge.add(line(second), 0)
  assert.deepEqual(out, [])
  merge.add(line(4), 0)
  assert.deepEqual(out, [1, 2, 3, 4])
  merge.add(line(5), 0)
  assert.equal(out.length, 4)
})

const webapps = readable([serviceNamed('site-webapp')], tasks, nodes)

const MUCH = `'service logs'*) awk 'BEGIN {
    for (n = 1000; n < 2000; n++) printf "2026-11-21T18:33:%02d.%03dZ %01000d\\n", n / 40, n % 1000, n }' ;;`

test('logs that are larger than all may be come without their oldest lines', async (t) => {
  const { env } = recordedSwarm(t, MUCH)
  const read = (bytes: number) =>
    inEnvironment(env, () => readLogs(webapps, { tail: 1000 }, undefined, { bytes, atOnce: 2 }))
  const all = await read(10e6)
  assert.deepEqual([all.lines.length, all.full.length, all.missing, all.leftOut], [3000, 3, [], ''])
  const { lines, leftOut } = await read(1e6)
  const size = lines.reduce((sum, one) => sum + sizeOf(one), 0)
  assert.ok(size > 0.9e6 && size <= 1e6, `${size}`)
  assert.deepEqual(
    lines.map(({ time }) => time),
    all.lines.slice(-lines.length).map(({ time }) => time),
  )
  assert.equal(leftOut, all.lines.at(-lines.length - 1)?.time)
})

/** Follows until `isOver`; what `find` finds changes after its first answer. */
async function following(
  t: TestContext,
  tail: number,
  later: readonly Readable[],
  bounds: (end: () => void) => FollowBounds,
) {
  const logs = `'service logs'*) echo 2020-11-21T18:33:00Z a; echo 2020-11-21T18:33:01Z b; exec sleep 60 ;;`
  const { env, asked } = recordedSwarm(t, logs)
  const end = new AbortController()
  const found = [webapps.slice(0, 1), later]
  const find = async () => found.shift() ?? later
  const limit = AbortSignal.any([end.signal, AbortSignal.timeout(20_000)])
  const inner = bounds(() => end.abort())
  await inEnvironment(env, () => followLogs(find, { tail }, () => {}, limit, inner))
  return asked()
}

test('what starts while as many as may be are followed waits, and is told', async (t) => {
  const waiting: Readable[] = []
  const asked = await following(t, 5, webapps, (end) => ({
    most: 1,
    onWaiting(task) {
      waiting.push(task)
      if (waiting.length === 2) end()
    },
  }))
  assert.deepEqual(waiting, webapps.slice(1))
  assert.equal(asked.length, 1)
})

test('a log that is followed is told to be full where its first lines are all old', async (t) => {
  const full: Readable[] = []
  await following(t, 2, [], (end) => ({
    onFull(task) {
      full.push(task)
      end()
    },
  }))
  assert.deepEqual(full, webapps.slice(0, 1))
})
