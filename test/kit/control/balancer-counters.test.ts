import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noCounters } from '../../../kit/analysis/counters.ts'
import { bucketCount } from '../../../kit/analysis/latency-bounds.ts'
import { countersIn } from '../../../kit/control/balancer-counters.ts'

const row = (key: string, counts: readonly number[]) =>
  `0x55d0f4a9c2a0: key=${key} use=1 exp=0 shard=0 ${counts.map((count, at) => `gpc${at}=${count}`).join(' ')}`
const latency = Array.from({ length: bucketCount }, (_, bucket) => bucket)

test('counters of both sides are read by their places', () => {
  const answer = [
    '# table: sides, type: string, size:2, used:2',
    row('old', [900, 3, ...latency]),
    row('canary', [100, 7, ...latency]),
    '',
    '',
  ].join('\n')
  assert.deepEqual(countersIn(answer), {
    canary: { requests: 100, failed: 7, latency },
    old: { requests: 900, failed: 3, latency },
  })
})

test('a side that nobody asked has counted nothing, and a balancer without the table does not count', () => {
  const empty = '# table: sides, type: string, size:2, used:0\n\n'
  assert.deepEqual(countersIn(empty), { canary: noCounters, old: noCounters })
  assert.equal(countersIn('No such table\n\n'), undefined)
})
