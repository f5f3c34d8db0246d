import { Worker } from 'node:worker_threads'
import type { Rendered } from './markdown-render.ts'
import type { RenderAnswer, RenderJob } from './markdown-worker.ts'

/** Why some Markdown could not be rendered. */
export class RenderError extends Error {
  override readonly name = 'RenderError'
  readonly fix: string

  constructor(what: string, fix: string) {
    super(what)
    this.fix = fix
  }
}

export interface ThreadOptions {
  /** Milliseconds one page may take. */
  timeout?: number
  /** Milliseconds without work after which the thread ends. */
  idle?: number
  /** Megabytes one page may take. */
  memory?: number
}

const simplify = 'look for deep nesting or long runs of brackets, asterisks or underscores'

/** Renders Markdown in a thread that may hang or run out of memory without harm: it is ended and replaced. */
export class MarkdownThread {
  readonly #timeout: number
  readonly #idle: number
  readonly #memory: number
  #worker: Promise<Worker> | undefined
  #stays = false
  #idleTimer: NodeJS.Timeout | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor({ timeout = 2000, idle = 10_000, memory = 96 }: ThreadOptions = {}) {
    this.#timeout = timeout
    this.#idle = idle
    this.#memory = memory
  }

  /** One page after the other. Throws RenderError when the text cannot be rendered within bounds. */
  render(job: RenderJob): Promise<Rendered> {
    const rendered = this.#last.then(() => this.#run(job))
    this.#last = rendered.catch(() => undefined)
    return rendered
  }

  get isRunning(): boolean {
    return this.#worker !== undefined
  }

  /** Starts the thread now and keeps it while it idles: for a writer, who saves now and then and looks at once. */
  async stayWarm(): Promise<void> {
    this.#stays = true
    clearTimeout(this.#idleTimer)
    this.#worker ??= startWorker(this.#memory)
    ;(await this.#worker).unref()
  }

  /** Ends the thread after what it is at. */
  async close(): Promise<void> {
    await this.#last
    await this.#end()
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idleTimer)
    const worker = this.#worker
    this.#worker = undefined
    await (await worker?.catch(() => undefined))?.terminate()
  }

  async #run(job: RenderJob): Promise<Rendered> {
    clearTimeout(this.#idleTimer)
    const answer = await this.#ask(job).catch(async (error: unknown) => {
      await this.#end()
      throw error
    })
    if (!this.#stays) this.#idleTimer = setTimeout(() => void this.#end(), this.#idle).unref()
    if ('rendered' in answer) return answer.rendered
    throw new RenderError(
      `it cannot be rendered (${'error' in answer ? answer.error : 'no answer'})`,
      simplify,
    )
  }

  async #ask(job: RenderJob): Promise<RenderAnswer> {
    this.#worker ??= startWorker(this.#memory)
    const worker = await this.#worker
    // A process may end while the thread idles, not while it works.
    worker.ref()
    const answer = next(worker, this.#timeout)
    worker.postMessage(job)
    return answer.finally(() => worker.unref())
  }
}

function startWorker(memory: number): Promise<Worker> {
  const worker = new Worker(new URL('./markdown-worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: memory / 6 },
  })
  return next(worker).then(() => worker)
}

function next(worker: Worker, timeout?: number): Promise<RenderAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RenderAnswer>()
  const onError = (error: Error & { code?: string }) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new RenderError('it takes too much memory to render', simplify)
        : error,
    )
  const onExit = () => reject(new RenderError('its renderer ended', 'try again'))
  const onTimeout = () => reject(new RenderError(`it takes over ${timeout} ms to render`, simplify))
  const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout)
  worker.once('message', resolve).once('error', onError).once('exit', onExit)
  return promise.finally(() => {
    clearTimeout(timer)
    worker.off('message', resolve).off('error', onError).off('exit', onExit)
    // A thread that is being ended may still fail; nobody waits for it then.
    if (worker.listenerCount('error') === 0) worker.on('error', () => undefined)
  })
}
