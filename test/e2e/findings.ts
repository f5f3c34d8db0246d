import assert from 'node:assert/strict'

const most = 20

/** Gathers what is wrong in many places, to say each fault once with all its places. */
export class Findings {
  readonly #places = new Map<string, Set<string>>()

  add(place: string, ...findings: readonly string[]): void {
    for (const finding of findings) {
      const places = this.#places.get(finding) ?? new Set()
      this.#places.set(finding, places.add(place))
    }
  }

  assertNone(): void {
    const lines = [...this.#places].map(
      ([finding, places]) => `${finding}\n    on ${listed([...places], ', ')}`,
    )
    if (lines.length > 0) assert.fail(`${lines.length} found:\n${listed(lines, '\n')}`)
  }
}

const listed = (items: readonly string[], between: string): string => {
  const rest = items.length > most ? [`and ${items.length - most} more`] : []
  return [...items.slice(0, most), ...rest].join(between)
}
