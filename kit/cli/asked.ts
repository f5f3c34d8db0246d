type Value = string | boolean | readonly (string | boolean)[] | undefined

/** What was typed after a verb. */
export class Asked {
  /** Words that are no options. */
  readonly words: readonly string[]
  /** What follows `--`. */
  readonly command: readonly string[]
  readonly #values: Readonly<Record<string, Value>>

  constructor(
    words: readonly string[],
    values: Readonly<Record<string, Value>> = {},
    command: readonly string[] = [],
  ) {
    this.words = words
    this.command = command
    this.#values = values
  }

  /** The value of an option; undefined where it was not given. */
  text(option: string): string | undefined {
    const value = this.#values[option]
    return typeof value === 'string' ? value : undefined
  }

  flag(option: string): boolean {
    return this.#values[option] === true
  }

  /** All values of an option that may be given several times. */
  list(option: string): readonly string[] {
    const value = this.#values[option]
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  }
}
