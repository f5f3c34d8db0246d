import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statesIn } from '../../bench/front/cache-states.ts'
import { failuresIn } from '../../bench/wrk.ts'

const report = `  68284 requests in 15.10s, 1.03GB read
  Socket errors: connect 1, read 20, write 300, timeout 4000
  Non-2xx or 3xx responses: 50000
Requests/sec:   4525.10
X-Front-Cache HIT 68000
X-Front-Cache UPDATING 284
`

test('failures are all answers that were no success and all broken connections', () => {
  assert.equal(failuresIn(report), 54_321)
  assert.equal(failuresIn('  68284 requests in 15.10s, 1.03GB read\n'), 0)
})

test('the results of the front cache are read by name', () => {
  assert.deepEqual(statesIn(report), { HIT: 68_000, UPDATING: 284 })
})
