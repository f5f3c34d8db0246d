import { join } from 'node:path'
import { codeKey } from '../content/code-key.ts'
import type { Content } from '../content/content.ts'
import { SiteError } from '../errors.ts'
import type { Log } from '../logging/log.ts'
import { buildIndex } from './build-index.ts'
import type { Window } from './find.ts'
import type { Found } from './found.ts'
import type { Query } from './query.ts'
import { SearchThread, type SearchThreadOptions } from './search-thread.ts'
import type { Place } from './search-worker.ts'

export interface SiteSearch {
  /** Throws SiteError `unavailable` when search is busy, or not ready within some seconds. */
  find(query: Query, window: Window): Promise<Found>
  /** Makes the index ready, so that the first query need not wait for it. */
  prepare(): void
  close(): Promise<void>
}

export interface SiteSearchParts {
  readonly content: () => Content
  readonly cacheDir: string
  readonly log: Log
  readonly thread?: SearchThreadOptions
}

const patienceMilliseconds = 8000
// A check of the content is no server: it may take what a large site needs.
const buildMegabytes = 2048
const pauseMilliseconds = 10_000

/** The search over whatever the content is at the moment of a query. */
export function siteSearch({ content, cacheDir, log, thread: options }: SiteSearchParts): SiteSearch {
  let ready: { content: Content; done: Promise<void> } | undefined
  let last: Promise<void> = Promise.resolve()
  let brokenUntil = 0
  const thread = new SearchThread(() => {
    ready = undefined
  }, options)

  const open = async (wanted: Content) => {
    try {
      await openOrBuild(thread, wanted, cacheDir)
    } catch (error) {
      if (ready?.content === wanted) ready = undefined
      // A content that was replaced meanwhile is closed; the next query asks for the new one.
      if (content().version !== wanted.version) throw error
      // What made the thread fail would do so again: visitors are told at once for a while.
      brokenUntil = performance.now() + pauseMilliseconds
      log.error({ err: error }, `search: there is no index (${(error as Error).message})`)
      throw error
    }
  }
  const prepare = (): Promise<void> => {
    const wanted = content()
    if (ready?.content.version !== wanted.version) {
      if (performance.now() < brokenUntil) return Promise.reject(new Error('its last start failed'))
      // One after the other: two builds at once would mix their pages.
      const done = last.then(() => open(wanted))
      last = done.catch(() => undefined)
      ready = { content: wanted, done }
    }
    return ready.done
  }

  return {
    prepare: () => void prepare().catch(() => undefined),
    async find(query, window) {
      try {
        await within(patienceMilliseconds, prepare())
        return await thread.find(query, window)
      } catch (error) {
        throw new SiteError('unavailable', `search: ${(error as Error).message}`, { cause: error })
      }
    },
    close: () => thread.close(),
  }
}

/** Builds and saves the index of a content, unless it is saved already. */
export async function saveSearchIndex(content: Content, cacheDir: string): Promise<void> {
  const thread = new SearchThread(() => undefined, { memory: buildMegabytes })
  try {
    await openOrBuild(thread, content, cacheDir)
  } finally {
    await thread.close()
  }
}

async function openOrBuild(thread: SearchThread, content: Content, cacheDir: string): Promise<void> {
  const place = placeOf(content, cacheDir)
  if (!(await thread.open(place))) await buildIndex(thread, content, place)
}

const placeOf = ({ version }: Content, cacheDir: string): Place => ({
  path: join(cacheDir, 'search-index'),
  key: `${version} ${codeKey(import.meta.dirname)}`,
})

async function within<T>(milliseconds: number, done: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('its index is still being made')), milliseconds)
  return Promise.race([done, promise]).finally(() => clearTimeout(timer))
}
