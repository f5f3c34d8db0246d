/** The middle one of the numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}

/** The median of what each round gave against the reference in the same round: drift of the machine cancels out. */
export const medianRatio = (numbers: readonly number[], reference: readonly number[]): number =>
  median(numbers.map((number, round) => number / (reference[round] ?? NaN)))
