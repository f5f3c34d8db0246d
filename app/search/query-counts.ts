import { scrubText } from '../logging/scrub-text.ts'
import type { Batch, CountStore, List, QueryCount } from './count-store.ts'

/** Counts what is searched for: the words and the month, and nothing of who searched. */
export interface QueryCounts {
  count(query: string, hits: number): void
  /** The most frequent queries of a month (YYYY-MM), or those of them that found nothing. */
  top(month: string, list: List, most: number): Promise<QueryCount[]>
  /** Hands on what is still gathered. */
  close(): Promise<void>
}

export interface QueryCountsOptions {
  readonly flushMilliseconds?: number
  readonly now?: () => Date
}

export const longestCounted = 80
// More different queries in a few seconds are no visitors.
const mostGathered = 1000

/** The store is opened at the first query, and given what was counted every few seconds. */
export function queryCounts(
  openStore: () => Promise<CountStore>,
  { flushMilliseconds = 5000, now = () => new Date() }: QueryCountsOptions = {},
): QueryCounts {
  const gathered = { all: new Map<string, number>(), nothing: new Map<string, number>() }
  let store: Promise<CountStore> | undefined
  let timer: NodeJS.Timeout | undefined
  const opened = () => {
    store ??= openStore()
    return store
  }
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    if (gathered.all.size === 0) return
    const batch: Batch = { all: new Map(gathered.all), nothing: new Map(gathered.nothing) }
    gathered.all.clear()
    gathered.nothing.clear()
    const isAdded = await (await opened()).add(monthOf(now()), batch)
    if (isAdded) return
    for (const list of ['all', 'nothing'] as const) {
      for (const [query, count] of batch[list]) gather(gathered[list], query, count)
    }
    flushLater()
  }
  const flushLater = () => {
    timer ??= setTimeout(() => void flush().catch(() => undefined), flushMilliseconds).unref()
  }

  return {
    count(query, hits) {
      const counted = countedForm(query)
      if (counted === '') return
      gather(gathered.all, counted, 1)
      if (hits === 0) gather(gathered.nothing, counted, 1)
      opened().catch(() => undefined)
      flushLater()
    },
    top: async (month, list, most) => (await opened()).top(month, list, most),
    async close() {
      await flush().catch(() => undefined)
      clearTimeout(timer)
      await (await store?.catch(() => undefined))?.close()
    },
  }
}

export const monthOf = (date: Date): string => date.toISOString().slice(0, 7)

/** People paste addresses and passwords into every field: those are not kept. */
const countedForm = (query: string): string =>
  scrubText(query.normalize('NFKC').toLowerCase()).slice(0, longestCounted).toWellFormed().trim()

function gather(counts: Map<string, number>, query: string, count: number): void {
  const known = counts.get(query)
  if (known !== undefined || counts.size < mostGathered) counts.set(query, (known ?? 0) + count)
}
