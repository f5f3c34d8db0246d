import { setTimeout as wait } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Encoding } from './encodings.ts'
import type { PageStore } from './page-store.ts'
import { compress, type Variant, type Variants } from './variant.ts'

/** Where a page came from, as `X-Page-Cache` says it. */
export type PageCacheResult = 'memory' | 'redis' | 'render' | 'bypass'

export interface CachedPage {
  readonly variant: Variant
  readonly from: PageCacheResult
}

/** What makes a page when no cache has it. */
export interface PageSource {
  readonly cacheControl: string
  /** Media type; HTML when not given. */
  readonly contentType?: string | undefined
  render(): Promise<string>
}

export interface PageCache {
  /** The page if this process has it. */
  peek(path: string, encoding: Encoding): Variant | undefined
  /** The page from memory, the shared store, or its source: rendered once, however many ask. */
  get(path: string, encoding: Encoding, source: PageSource): Promise<CachedPage>
  /** Forgets everything of another version than this one: release and hash of all that pages are made of. */
  use(version: string): void
}

const pollMilliseconds = 15
const longestWait = 3000

/** Two layers: a bounded map in the process, then the store that all instances share. */
export function pageCache({ memoryMb, store }: { memoryMb: number; store: PageStore }): PageCache {
  const memory = memoryMb > 0 ? boundedMemory(memoryMb) : undefined
  const underWay = new Map<string, Promise<CachedPage>>()
  const rendering = new Map<string, Promise<Variants>>()
  let version = ''

  const remember = (path: string, variants: Partial<Variants>, at: string) => {
    if (at === version) memory?.set(path, { ...memory.get(path), ...variants })
  }

  async function fetchOrRender(path: string, encoding: Encoding, source: PageSource): Promise<CachedPage> {
    const at = version
    const key = `page:${at}:${path}`
    const stored = await storedOrMine(store, key, encoding)
    if (stored) {
      remember(path, { [encoding]: stored }, at)
      return { variant: stored, from: 'redis' }
    }
    const variants = await renderOnce(key, source)
    remember(path, variants, at)
    return { variant: variants[encoding], from: 'render' }
  }

  function renderOnce(key: string, source: PageSource): Promise<Variants> {
    const running = rendering.get(key)
    if (running) return running
    const started = renderInto(store, key, source).finally(() => rendering.delete(key))
    rendering.set(key, started)
    return started
  }

  return {
    peek: (path, encoding) => memory?.get(path)?.[encoding],
    get(path, encoding, source) {
      const variant = memory?.get(path)?.[encoding]
      if (variant) return Promise.resolve({ variant, from: 'memory' })
      const key = `${version} ${encoding} ${path}`
      const running = underWay.get(key)
      if (running) return running
      const started = fetchOrRender(path, encoding, source).finally(() => underWay.delete(key))
      underWay.set(key, started)
      return started
    },
    use(next) {
      if (next !== version) memory?.clear()
      version = next
    },
  }
}

const boundedMemory = (megabytes: number) =>
  new LRUCache<string, Partial<Variants>>({
    maxSize: megabytes * 2 ** 20,
    sizeCalculation: (variants) => Object.values(variants).reduce((sum, { body }) => sum + body.length, 1000),
  })

/** The stored page; or nothing, and then it is the caller's turn to render it. */
async function storedOrMine(store: PageStore, key: string, encoding: Encoding): Promise<Variant | undefined> {
  const patience = performance.now() + longestWait
  try {
    while (performance.now() < patience) {
      const claim = await store.claim(key, encoding)
      if (claim === 'yours') return undefined
      if (claim !== 'theirs') return claim.variant
      await wait(pollMilliseconds)
    }
  } catch {
    // The store has told the log why; without it, every instance renders for itself.
  }
  return undefined
}

/** Renders and compresses; storing goes on behind the visitor's back, and then others may have their turn. */
async function renderInto(store: PageStore, key: string, source: PageSource): Promise<Variants> {
  let stored = Promise.resolve()
  try {
    const variants = await compress(await source.render(), source.cacheControl, source.contentType)
    stored = store.set(key, variants)
    return variants
  } finally {
    const letGo = () => store.release(key)
    stored.then(letGo, letGo).catch(() => undefined)
  }
}
