import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryCountStore } from '../../app/search/memory-count-store.ts'
import { countStoreCases } from './count-store-cases.ts'

for (const [title, check] of Object.entries(countStoreCases)) {
  test(`in memory, ${title}`, () => check(memoryCountStore()))
}

test('in memory, months are kept for a year and a month', async () => {
  const store = memoryCountStore()
  const months = Array.from({ length: 15 }, (_, n) => new Date(Date.UTC(2026, n)).toISOString().slice(0, 7))
  for (const month of months) await store.add(month, { all: new Map([['a', 1]]), nothing: new Map() })
  const kept = await Promise.all(months.map((month) => store.top(month, 'all', 1)))
  assert.deepEqual(
    kept.map(({ length }) => length),
    [0, 0, ...Array(13).fill(1)],
  )
})
