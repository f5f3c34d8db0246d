import { busy } from './problem.ts'

/** Whoever asked went away before it was their turn, so nothing was done. */
export class Gone extends Error {
  constructor() {
    super('whoever asked went away before it was their turn')
    this.name = 'Gone'
  }
}

/** Lets so many work at once, and so many wait: each question to the engine is a process beside the control. */
export class Turns {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #againSeconds: number
  readonly #waiting = new Set<() => void>()
  #working = 0

  /** Where too many wait, the next is told to come again after some seconds. */
  constructor(atOnce: number, mostWaiting: number, againSeconds = 5) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
    this.#againSeconds = againSeconds
  }

  /** Works when it is its turn. Throws an ApiProblem where too many wait, and Gone where nobody waits for it any more. */
  async take<T>(work: () => Promise<T>, gone?: AbortSignal): Promise<T> {
    if (gone?.aborted) throw new Gone()
    if (this.#working < this.#atOnce) this.#working++
    else await this.#wait(gone)
    try {
      return await work()
    } finally {
      this.#handOn()
    }
  }

  #wait(gone?: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#mostWaiting) throw busy(this.#againSeconds)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(begin)
        reject(new Gone())
      }
      const begin = () => {
        gone?.removeEventListener('abort', leave)
        resolve()
      }
      this.#waiting.add(begin)
      gone?.addEventListener('abort', leave, { once: true })
    })
  }

  #handOn(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#working--
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
