/** A source of numbers between 0 and 1, the same for the same seed. */
export type Random = () => number

/** Mulberry32 (Tommy Ettinger, 2017): 32 bits of state, enough for some billion draws. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** How many of `count` tries succeed: exact, by inversion outwards from the most likely number. */
export function binomial(random: Random, count: number, chance: number): number {
  if (count === 0 || chance <= 0) return 0
  if (chance >= 1) return count
  const odds = chance / (1 - chance)
  const mode = Math.min(count, Math.floor((count + 1) * chance))
  let [low, high] = [mode, mode]
  let below = probability(count, chance, mode)
  let above = below
  let left = random() - below
  while (left > 0 && (below > 0 || above > 0)) {
    above *= high < count ? ((count - high) / (high + 1)) * odds : 0
    high += 1
    left -= above
    if (left <= 0) return high
    below *= low > 0 ? low / (count - low + 1) / odds : 0
    low -= 1
    left -= below
    if (left <= 0) return low
  }
  return mode
}

/** How many of `count` fall into each class. */
export function multinomial(random: Random, count: number, chances: readonly number[]): number[] {
  let [left, rest] = [count, 1]
  return chances.map((chance) => {
    const drawn = binomial(random, left, rest > 0 ? chance / rest : 1)
    left -= drawn
    rest -= chance
    return drawn
  })
}

/** A number of the standard normal distribution (Box and Muller 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

function probability(count: number, chance: number, successes: number): number {
  const ways = lnFactorial(count) - lnFactorial(successes) - lnFactorial(count - successes)
  return Math.exp(ways + successes * Math.log(chance) + (count - successes) * Math.log1p(-chance))
}

/** Stirling's series, beyond the first few. */
function lnFactorial(n: number): number {
  if (n < 16) return Math.log(factorial(n))
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3)
}
