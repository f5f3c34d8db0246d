import assert from 'node:assert/strict'
import { type Batch, type CountStore, mostKept } from '../../app/search/count-store.ts'

const batch = (all: Record<string, number>, nothing: Record<string, number> = {}): Batch => ({
  all: new Map(Object.entries(all)),
  nothing: new Map(Object.entries(nothing)),
})

/** What every store of counts does, by the sentence that says so. */
export const countStoreCases: Readonly<Record<string, (store: CountStore) => Promise<void>>> = {
  'counts add up, most frequent first': async (store) => {
    assert.equal(await store.add('2026-01', batch({ a: 1, b: 2 })), true)
    assert.equal(await store.add('2026-01', batch({ a: 3, c: 1 })), true)
    assert.deepEqual(await store.top('2026-01', 'all', 2), [
      { query: 'a', count: 4 },
      { query: 'b', count: 2 },
    ])
  },
  'queries that found nothing are apart': async (store) => {
    await store.add('2026-02', batch({ a: 5, b: 1 }, { b: 1 }))
    assert.deepEqual(await store.top('2026-02', 'nothing', 9), [{ query: 'b', count: 1 }])
  },
  'each month has counts of its own, and one without searches has none': async (store) => {
    await store.add('2026-03', batch({ a: 1 }))
    await store.add('2026-04', batch({ b: 1 }))
    assert.deepEqual(await store.top('2026-04', 'all', 9), [{ query: 'b', count: 1 }])
    assert.deepEqual(await store.top('2026-05', 'all', 9), [])
  },
  'queries of any characters are counted as they are': async (store) => {
    const queries = ['__proto__', 'constructor', '日本 検索', '"quoted" \\', '🍯']
    await store.add('2026-06', { all: new Map(queries.map((query) => [query, 1])), nothing: new Map() })
    const stored = await store.top('2026-06', 'all', 9)
    assert.deepEqual(stored.map(({ query }) => query).sort(), queries.sort())
  },
  'only the most frequent of a month are kept': async (store) => {
    const many = Array.from({ length: mostKept }, (_, n): [string, number] => [`query ${n}`, 2])
    await store.add('2026-07', { all: new Map(many), nothing: new Map() })
    await store.add('2026-07', batch({ rare: 1, often: 9 }))
    const kept = await store.top('2026-07', 'all', 2 * mostKept)
    assert.equal(kept.length, mostKept)
    assert.equal(kept[0]?.query, 'often')
    assert.ok(!kept.some(({ query }) => query === 'rare'))
  },
}
