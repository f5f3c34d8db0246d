import { Failure } from '../failure.ts'
import { type AllowRule, readAllowRule } from './allow-rule.ts'
import { isShare } from './share.ts'

/** As they are typed. */
export const defaultTerms = { steps: '1,5,25,50,100', hold: '2m', maxErrors: '1%', maxP95: '1.2x' } as const

/** The balancers get all rules in one line. */
export const MOST_RULES = 12

/** What was typed, why it is wrong, and what to type. */
export const usage = (what: string, todo: string): Failure => new Failure('usage', what, todo)

/** A share as it is typed, `5` or `5%`; undefined for what is none. */
export function percentIn(text: string): number | undefined {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,2})?)%?$/.exec(text.trim()) ?? []
  return digits !== undefined && isShare(Number(digits)) ? Number(digits) : undefined
}

/** Ascending shares, at least two, the last of which is 100. */
export function readSteps(text: string): number[] {
  const steps = text.split(',').map((part) => {
    const step = percentIn(part)
    if (step !== undefined && step > 0) return step
    throw usage(
      `--steps has "${part.trim()}", which is no share.`,
      `Write shares above 0 and up to 100 of at most two decimals: --steps ${defaultTerms.steps}.`,
    )
  })
  const low = steps.find((step, at) => at > 0 && step <= (steps[at - 1] ?? 0))
  if (low !== undefined)
    throw usage(
      `--steps has ${low} after a share that is not smaller.`,
      `Write each share once, from the smallest to the largest: --steps ${defaultTerms.steps}.`,
    )
  if (steps[0] === 100)
    throw usage(
      '--steps has 100 alone: nobody would have the old version, to which the canary is compared.',
      'Write a smaller share before it: --steps 10,100.',
    )
  return steps.at(-1) === 100 ? steps : [...steps, 100]
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

/** Milliseconds of `30s`, `2m` or `1h`. */
export function readHold(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? []
  const ms = Number(count ?? 0) * (unitMs[unit] ?? 0)
  if (ms > 0) return ms
  throw usage(`--hold ${text} is no duration.`, 'Write a whole number above 0 with s, m or h: --hold 2m.')
}

/** Percent of `1%`. */
export function readErrors(text: string): number {
  const percent = text.endsWith('%') ? percentIn(text) : undefined
  if (percent !== undefined) return percent
  throw usage(`--max-errors ${text} is no percentage.`, 'Write one of at most two decimals: --max-errors 1%.')
}

/** The factor of `1.2x`. */
export function readFactor(text: string): number {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,2})?)x$/.exec(text) ?? []
  if (Number(digits ?? 0) >= 1) return Number(digits)
  throw usage(
    `--max-p95 ${text} is no factor.`,
    'Write how many times as slow the canary may be, 1 or more, with an x: --max-p95 1.2x.',
  )
}

/** The rules of all --allow. */
export function readAllow(texts: readonly string[]): AllowRule[] {
  if (texts.length > MOST_RULES)
    throw usage(
      `--allow is given ${texts.length} times.`,
      `Give at most ${MOST_RULES}; one cookie serves many people.`,
    )
  return texts.map((text) => {
    const rule = readAllowRule(text)
    if (rule) return rule
    throw usage(
      `--allow ${text} is not understood.`,
      'Write 10.0.0.0/8, 2001:db8::/32, cookie:name=value or header:Name=value; a value has letters, digits, ".", "_" ' +
        'and "-", and is not "old", by which a tester gets the old version.',
    )
  })
}
