import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChartPoint, chart } from '../../../kit/analysis/chart.ts'
import { evidenceTable } from '../../../kit/analysis/evidence-table.ts'
import { childrenOf, readXml } from '../../feeds/xml-tree.ts'
import { activity, repeated } from './sides.ts'

test('the table has both versions side by side', () => {
  const intervals = repeated(20, activity(100, 3), activity(9900, 90, { instances: 12, flaps: 1 }))
  assert.equal(
    evidenceTable({ intervals }),
    `                canary      old
instances            3       12
requests         2,000  198,000
failed              60    1,800
errors             3 %  0.909 %
p50              45 ms    45 ms
p95              49 ms    49 ms
p99              50 ms    50 ms
readiness lost       0       20
restarts             0        0
`,
  )
  assert.match(evidenceTable({ intervals: [] }), /^errors +– +–$/m)
})

const point = (seconds: number, share: number, requests: number): ChartPoint => ({
  seconds,
  share,
  interval: { canary: activity(requests, Math.min(requests, 2)), old: activity(900, 1) },
})

const points = [point(5, 0.01, 10), point(10, 0.01, 0), point(15, 0.05, 50), point(20, 0.05, 50)]

test('the chart is well-formed XML without scripts or anything from elsewhere', () => {
  const drawn = chart('a <b> & "c" \u0001\ud800', points)
  const svg = readXml(drawn.trimEnd())
  assert.equal(childrenOf(svg, 'title')[0]?.text, 'a <b> & "c" \ufffd')
  assert.doesNotMatch(drawn, /<script|href|url\(|@import|NaN|Infinity|undefined/)
  assert.match(drawn, /prefers-color-scheme: dark/)
})

test('the same points are the same text; without any there are the axes', () => {
  assert.equal(chart('t', points), chart('t', structuredClone(points)))
  readXml(chart('t', []).trimEnd())
})

test('both versions are lines, broken where there were no requests, with a mark at each step', () => {
  const svg = readXml(chart('t', points).trimEnd())
  const paths = (name: string) =>
    childrenOf(svg, 'path')
      .filter(({ attributes }) => attributes.class === name)
      .map(({ attributes }) => attributes.d ?? '')
  const [, errors = ''] = paths('canary')
  assert.deepEqual([paths('canary').length, paths('old').length, paths('step').length], [3, 3, 2])
  assert.equal(errors.match(/M/g)?.length, 2)
  const texts = childrenOf(svg, 'text').map(({ text }) => text)
  for (const text of ['1 %', '5 %', '0:20', 'errors', 'p95']) assert.ok(texts.includes(text), text)
})
