import { type Steered, steerBalancer } from './steering.ts'

/** A balancer that takes longer is silent. */
export const PATIENCE_MS = 700

/**
 * Keeps one balancer at the word that was wanted last. It asks one question at a time, so one that hangs costs a single
 * connection, however often a word is wanted meanwhile.
 */
export class Helm {
  readonly #address: string
  readonly #tell: (level: 'info' | 'error', line: string) => void
  #wanted = ''
  #underWay: Promise<void> | undefined
  #silence: string | undefined

  constructor(address: string, tell: (level: 'info' | 'error', line: string) => void) {
    this.#address = address
    this.#tell = tell
  }

  /** Whether it gave no answer the last time. */
  get isSilent(): boolean {
    return this.#silence !== undefined
  }

  /** Resolves once the balancer has the word, a newer one, or given no answer. */
  bringTo(word: string): Promise<void> {
    this.#wanted = word
    this.#underWay ??= this.#pursue()
    return this.#underWay
  }

  async #pursue(): Promise<void> {
    let word: string
    do {
      word = this.#wanted
      this.#hear(await steered(this.#address, word))
    } while (word !== this.#wanted)
    // In the same turn as the last look at what is wanted: a word of the next turn is pursued anew.
    this.#underWay = undefined
  }

  /** Tells each change once. */
  #hear(answer: Steered): void {
    const silence = answer.kind === 'silent' ? answer.why : undefined
    if (silence !== this.#silence)
      this.#tell(silence ? 'error' : 'info', `balancer ${this.#address}: ${silence ?? 'answers'}`)
    this.#silence = silence
  }
}

/** A word that cannot be said is told as a silence is: nobody waits for each balancer, to hear of an error. */
const steered = (address: string, word: string): Promise<Steered> =>
  steerBalancer(address, word, PATIENCE_MS).catch(({ message }: Error) => ({ kind: 'silent', why: message }))
