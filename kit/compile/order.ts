/** By code units, so that no machine's language changes a stack. */
export const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b)

/** A sorted copy. */
export const sortedBy = <T>(items: Iterable<T>, text: (item: T) => string): T[] =>
  [...items].sort((a, b) => compareText(text(a), text(b)))

/** An object whose keys are sorted. */
export const sortedObject = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries(sortedBy(entries, ([key]) => key))

/** Seconds as Docker writes them: `10s`, or `500ms`. */
export const duration = (seconds: number): string =>
  Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`
