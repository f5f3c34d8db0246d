import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { readMemory, storesOf } from '../../app/metrics/store-metrics.ts'

test('what a store holds is told without buffers that do not count against its limit', () => {
  const info =
    '# Memory\r\nused_memory:1500\r\nused_memory_human:1.5K\r\nmaxmemory:2000\r\nmem_not_counted_for_evict:500\r\n'
  assert.deepEqual(readMemory(info), { used: 1000, limit: 2000 })
  assert.deepEqual(readMemory('used_memory:7\r\n'), { used: 7, limit: 0 })
  assert.equal(readMemory('# Memory\r\n'), undefined)
})

test('a worker asks the queue alone, a webapp all three', () => {
  const config = readConfig({ NODE_ENV: 'test' })
  assert.deepEqual(Object.keys(storesOf('webapp', config)), ['cache', 'sessions', 'queue'])
  assert.deepEqual(Object.keys(storesOf('worker', config)), ['queue'])
})
