import type { Terminal } from './terminal.ts'

/** Prints steps as they happen; on a terminal the last line tells what is going on within one. */
export class Progress {
  readonly #terminal: Terminal
  readonly #begun = performance.now()

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** A line that stays. */
  step(text: string): void {
    this.#clear()
    this.#terminal.say(`${this.#time()}  ${text}\n`)
  }

  /** A line that the next one replaces; only a terminal shows it. */
  note(text: string): void {
    if (!this.#terminal.isTerminal) return
    const line = `${this.#time()}  … ${text}`
    this.#terminal.say(`\r\x1b[K${line.slice(0, this.#terminal.columns - 1)}`)
  }

  /** What has to be read. */
  complain(text: string): void {
    this.#clear()
    this.#terminal.complain(text)
  }

  #clear(): void {
    if (this.#terminal.isTerminal) this.#terminal.say('\r\x1b[K')
  }

  #time(): string {
    return `${((performance.now() - this.#begun) / 1000).toFixed(1).padStart(6)} s`
  }
}
