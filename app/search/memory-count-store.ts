import { type CountStore, type List, lists, monthsKept, mostKept } from './count-store.ts'

/** Counts in this process, for a laptop without Redis. */
export function memoryCountStore(): CountStore {
  const months = new Map<string, Map<string, number>>()
  const countsOf = (month: string, list: List) => months.get(`${month} ${list}`) ?? new Map<string, number>()

  return {
    async add(month, batch) {
      for (const list of lists) {
        const counts = countsOf(month, list)
        for (const [query, count] of batch[list]) counts.set(query, (counts.get(query) ?? 0) + count)
        months.set(`${month} ${list}`, new Map(byCount(counts).slice(0, mostKept)))
      }
      const oldest = [...months.keys()].sort().slice(0, -monthsKept * lists.length)
      for (const month of oldest) months.delete(month)
      return true
    },
    async top(month, list, most) {
      return byCount(countsOf(month, list))
        .slice(0, most)
        .map(([query, count]) => ({ query, count }))
    },
    close: async () => {},
  }
}

const byCount = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1))
