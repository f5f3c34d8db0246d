const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 })
const rough = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 1 })

/** `198,000` */
export const sayCount = (count: number): string => whole.format(count)

/** Three digits: `0.912`. */
export const sayShort = (value: number): string => short.format(value)

/** A share of 0.031 as `3.1 %`. */
export const sayShare = (share: number): string => `${short.format(share * 100)} %`

/** A difference of shares as `2.2 points`. */
export function sayPoints(difference: number): string {
  const points = short.format(difference * 100)
  return `${points} point${points === '1' ? '' : 's'}`
}

/** Milliseconds as `310 ms`; a dash without. */
export const sayMilliseconds = (value: number | undefined): string =>
  value === undefined ? '–' : `${value < 10 ? short.format(value) : whole.format(value)} ms`

/** How seldom equal versions show evidence of this logarithm. No more than a million is claimed of a model. */
export const sayChance = (evidence: number): string =>
  `by chance in less than 1 of ${rough.format(Math.floor(Math.min(Math.exp(evidence), 1e6)))} equal versions`
