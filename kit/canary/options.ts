import { readChecks } from './check.ts'
import {
  defaultTerms,
  percentIn,
  readAllow,
  readErrors,
  readFactor,
  readHold,
  readSteps,
  usage,
} from './option-values.ts'
import type { Terms } from './state.ts'

/** What was typed for the terms of a canary; what is left out gets its default. */
export interface TypedTerms {
  readonly steps?: string | undefined
  readonly hold?: string | undefined
  readonly maxErrors?: string | undefined
  readonly maxP95?: string | undefined
  readonly allow?: readonly string[]
  readonly manual?: boolean
  readonly check?: readonly string[]
}

/** `webapp=1.4`: a component, by whatever name it was called, and a tag. Throws a Failure of usage, as all here do. */
export function readTarget(word: string): { readonly component: string; readonly tag: string } {
  const [, component, tag] = /^([^\s=]+)=([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(word) ?? []
  if (component === undefined || tag === undefined)
    throw usage(`"${word}" is not a component with a tag.`, 'Write COMPONENT=TAG, such as webapp=1.4.')
  return { component, tag }
}

export const readTerms = (typed: TypedTerms): Terms => ({
  steps: readSteps(typed.steps ?? defaultTerms.steps),
  holdMs: readHold(typed.hold ?? defaultTerms.hold),
  limits: {
    errorsPercent: readErrors(typed.maxErrors ?? defaultTerms.maxErrors),
    p95Factor: readFactor(typed.maxP95 ?? defaultTerms.maxP95),
  },
  allow: readAllow(typed.allow ?? []),
  manual: typed.manual ?? false,
  ...(typed.check && typed.check.length > 0 && { checks: readChecks(typed.check) }),
})

/** Percent of `set 10%`; 0 leaves only those of --allow. */
export function readShare(word: string): number {
  const share = percentIn(word)
  if (share === undefined)
    throw usage(
      `"${word}" is no share of visitors.`,
      'Write one from 0% to 100% of at most two decimals, such as 12.5%.',
    )
  return share
}
