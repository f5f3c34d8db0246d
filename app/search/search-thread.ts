import { Worker } from 'node:worker_threads'
import type { Window } from './find.ts'
import type { Found } from './found.ts'
import type { Query } from './query.ts'
import type { PageToAdd, Place, SearchAnswer, SearchJob } from './search-worker.ts'

/** Why there is no answer, in words for the log. */
export class SearchError extends Error {
  override readonly name = 'SearchError'
}

export interface SearchThreadOptions {
  /** Milliseconds one query may take. */
  readonly timeout?: number
  /** Queries that may wait for their turn. */
  readonly mostWaiting?: number
  /** Megabytes the index may take. */
  readonly memory?: number
}

// Opening and building take long only where there is much to search.
const longJobMilliseconds = 60_000
const youngMegabytes = 4

/** Searches in a thread that may hang or run out of memory without harm: it is ended, and the next job starts another. */
export class SearchThread {
  readonly #timeout: number
  readonly #mostWaiting: number
  readonly #memory: number
  #worker: Promise<Worker> | undefined
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false
  readonly #onEnd: () => void

  /** `onEnd` is called when a thread was ended, and its index with it. */
  constructor(
    onEnd: () => void,
    { timeout = 1000, mostWaiting = 64, memory = 512 }: SearchThreadOptions = {},
  ) {
    this.#onEnd = onEnd
    this.#timeout = timeout
    this.#mostWaiting = mostWaiting
    this.#memory = memory
  }

  /** Whether a saved index could be opened. */
  open = (place: Place): Promise<boolean> => this.#done({ do: 'open', place })

  /** Begins an index without pages; until it is finished, nothing is found. */
  begin = (): Promise<boolean> => this.#done({ do: 'begin' })

  add = (pages: readonly PageToAdd[]): Promise<boolean> => this.#done({ do: 'add', pages })

  /** Saves the index if it can be saved, and opens it. */
  finish = (place: Place): Promise<boolean> => this.#done({ do: 'finish', place })

  /** Throws SearchError at once when too many wait already. */
  async find(query: Query, window: Window): Promise<Found> {
    if (this.#waiting >= this.#mostWaiting) throw new SearchError(`${this.#waiting} queries are waiting`)
    this.#waiting++
    try {
      const answer = await this.#inTurn({ do: 'find', query, window }, this.#timeout)
      if ('found' in answer) return answer.found
      throw new SearchError('error' in answer ? answer.error : 'no answer')
    } finally {
      this.#waiting--
    }
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#end()
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    this.#onEnd()
    await (await worker?.catch(() => undefined))?.terminate()
  }

  async #done(job: SearchJob): Promise<boolean> {
    const answer = await this.#inTurn(job, longJobMilliseconds)
    if ('error' in answer) throw new SearchError(answer.error)
    return 'done' in answer && answer.done
  }

  #inTurn(job: SearchJob, timeout: number): Promise<SearchAnswer> {
    const answer = this.#last.then(() => this.#ask(job, timeout))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  async #ask(job: SearchJob, timeout: number): Promise<SearchAnswer> {
    if (this.#isClosed) throw new SearchError('search is closed')
    this.#worker ??= startWorker(this.#memory)
    try {
      const worker = await this.#worker
      const answer = next(worker, timeout)
      worker.postMessage(job)
      return await answer
    } catch (error) {
      await this.#end()
      throw error
    }
  }
}

async function startWorker(memory: number): Promise<Worker> {
  const worker = new Worker(new URL('./search-worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: youngMegabytes },
  })
  // A thread that is being ended may still fail; nobody waits for it then.
  worker.on('error', () => undefined)
  // A process may end while its search idles.
  worker.unref()
  await next(worker, longJobMilliseconds)
  return worker
}

function next(worker: Worker, timeout: number): Promise<SearchAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SearchAnswer>()
  const onError = (error: Error) => reject(new SearchError(`the thread failed: ${error.message}`))
  const onExit = () => reject(new SearchError('the thread ended'))
  const timer = setTimeout(() => reject(new SearchError(`no answer within ${timeout} ms`)), timeout)
  worker.once('message', resolve).once('error', onError).once('exit', onExit)
  return promise.finally(() => {
    clearTimeout(timer)
    worker.off('message', resolve).off('error', onError).off('exit', onExit)
  })
}
