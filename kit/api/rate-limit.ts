/** So many at once, and so many a second in the long run. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

interface Bucket {
  readonly left: number
  /** In milliseconds. */
  readonly at: number
}

/** Whoever comes with ever new names must not fill the memory. */
const MOST_BUCKETS = 1000

/** A token bucket for each name, in memory: https://en.wikipedia.org/wiki/Token_bucket */
export class RateLimit {
  readonly #rate: Rate
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate
    this.#now = now
  }

  /** Takes one, and answers 0; or answers in how many seconds there is one. */
  take(name: string): number {
    const { burst, perSecond } = this.#rate
    const now = this.#now()
    const { left: before, at } = this.#buckets.get(name) ?? { left: burst, at: now }
    const left = Math.min(burst, before + ((now - at) / 1000) * perSecond)
    if (left < 1) return Math.max(1, Math.ceil((1 - left) / perSecond))
    this.#buckets.delete(name)
    this.#buckets.set(name, { left: left - 1, at: now })
    this.#dropOldest()
    return 0
  }

  #dropOldest(): void {
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size > MOST_BUCKETS && oldest !== undefined) this.#buckets.delete(oldest)
  }
}
