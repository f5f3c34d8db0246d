import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryCountStore } from '../../app/search/memory-count-store.ts'
import { monthOf, queryCounts } from '../../app/search/query-counts.ts'
import { until } from '../until.ts'

const now = () => new Date('2026-11-30T23:59:59Z')

function counting() {
  const store = memoryCountStore()
  const counts = queryCounts(async () => store, { now })
  return { store, counts, top: () => store.top('2026-11', 'all', 99) }
}

test('queries are counted by month, those without hits a second time apart', async () => {
  const { counts, store, top } = counting()
  counts.count('redis', 3)
  counts.count('Redis', 3)
  counts.count('quince', 0)
  await counts.close()
  assert.deepEqual(await top(), [
    { query: 'redis', count: 2 },
    { query: 'quince', count: 1 },
  ])
  assert.deepEqual(await store.top('2026-11', 'nothing', 9), [{ query: 'quince', count: 1 }])
  assert.equal(monthOf(now()), '2026-11')
})

test('an empty query is not counted', async () => {
  const { counts, top } = counting()
  counts.count('', 0)
  counts.count('   ', 0)
  await counts.close()
  assert.deepEqual(await top(), [])
})

test('addresses and passwords that somebody pastes are not kept', async () => {
  const { counts, top } = counting()
  counts.count('ada@example.com', 0)
  counts.count('password=hunter2', 0)
  await counts.close()
  assert.deepEqual((await top()).map(({ query }) => query).sort(), ['[address]', 'password=[redacted]'])
})

test('a long query is cut, and a flood of different ones is not kept in memory', async () => {
  const { counts, top } = counting()
  counts.count('a'.repeat(10_000), 0)
  for (let n = 0; n < 20_000; n++) counts.count(`query ${n}`, 0)
  await counts.close()
  const kept = await counts.top('2026-11', 'all', 99_999)
  assert.equal(kept.length, 1000)
  assert.ok(kept.every(({ query }) => query.length <= 80))
  assert.equal((await top()).length, 99)
})

test('what was counted reaches the store by itself', async (t) => {
  const store = memoryCountStore()
  const counts = queryCounts(async () => store, { now, flushMilliseconds: 10 })
  t.after(() => counts.close())
  counts.count('redis', 1)
  await until(async () => (await store.top('2026-11', 'all', 1)).length === 1, 'the count')
})

test('what a store did not take is given to it again', async (t) => {
  const store = memoryCountStore()
  let refusals = 2
  const away = {
    ...store,
    add: async (...given: Parameters<typeof store.add>) => (refusals-- > 0 ? false : store.add(...given)),
  }
  const counts = queryCounts(async () => away, { now, flushMilliseconds: 10 })
  t.after(() => counts.close())
  counts.count('redis', 1)
  counts.count('redis', 1)
  await until(async () => (await store.top('2026-11', 'all', 1)).length === 1, 'the counts')
  assert.deepEqual(await store.top('2026-11', 'all', 1), [{ query: 'redis', count: 2 }])
})
