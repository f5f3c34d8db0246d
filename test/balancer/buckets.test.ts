import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bucketCount, bucketOf, latencyBounds } from '../../kit/analysis/latency-bounds.ts'

const lines = readFileSync(new URL('../../haproxy/haproxy.cfg', import.meta.url), 'utf8').split('\n')
/** In front of the buckets: all requests and the failed ones. */
const BEFORE = 2

/** The places of counters that the rules of haproxy.cfg add to after so many milliseconds, in the order they are run. */
function counted(milliseconds: number): number[] {
  const places: number[] = []
  for (const line of lines) {
    const [, action = '', condition] =
      /^ {2}http-after-response (\S+) if \{ var\(txn\.took\) -m int (.+) \}$/.exec(line) ?? []
    if (condition === undefined || !holds(condition, milliseconds)) continue
    if (action === 'allow') break
    places.push(Number(/^sc-inc-gpc\((\d+),1\)$/.exec(action)?.[1]))
  }
  return places
}

function holds(condition: string, value: number): boolean {
  const [, operator, first = '', last = first] = /^(?:(le|gt) )?(\d+)(?::(\d+))?$/.exec(condition) ?? []
  if (operator === 'le') return value <= Number(first)
  if (operator === 'gt') return value > Number(first)
  return value >= Number(first) && value <= Number(last)
}

test('the balancer counts each latency in its bucket, and in no other', () => {
  for (let milliseconds = -1; milliseconds <= (latencyBounds.at(-1) ?? 0) + 2; milliseconds++)
    assert.deepEqual(counted(milliseconds), [BEFORE + bucketOf(milliseconds)], `${milliseconds} ms`)
})

test('the balancer has a place for each bucket', () => {
  const [, size] = /store gpc\((\d+)\)/.exec(lines.join('\n')) ?? []
  assert.equal(Number(size), BEFORE + bucketCount)
})
