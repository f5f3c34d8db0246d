import { type AllowRule, allowsAddress, forcedSide, type Side } from './allow-rule.ts'
import { isInShare } from './share.ts'
import { isBot, isHealthCheck, type Visitor } from './visitor.ts'

/** Who gets the canary. */
export interface Split {
  /** Of all visitors; at most two decimals. */
  readonly percent: number
  /** Letters and digits; another one picks other people. */
  readonly salt: string
  readonly allow: readonly AllowRule[]
}

/**
 * The side of a visitor. Health checks get the old one; then a tester's cookie or header decides, then bots get the old
 * one, then an allowed address decides, then the share. Who is in at a share is in at every larger one of that salt.
 */
export function sideOf(split: Split, visitor: Visitor): Side {
  if (isHealthCheck(visitor)) return 'old'
  const forced = forcedSide(split.allow, visitor)
  if (forced !== undefined) return forced
  if (isBot(visitor)) return 'old'
  const isIn = allowsAddress(split.allow, visitor) || isInShare(split.percent, `${split.salt}${visitor.id}`)
  return isIn ? 'canary' : 'old'
}

export const inCanary = (split: Split, visitor: Visitor): boolean => sideOf(split, visitor) === 'canary'

/**
 * Of two that contradict each other, the one with the smaller share; an aborted canary has 0. Of equal shares it is the
 * one with fewer rules, then the first salt by its letters, so that everybody picks the same.
 */
export function stricter<S extends Split>(one: S, other: S): S {
  const order =
    one.percent - other.percent || one.allow.length - other.allow.length || (one.salt <= other.salt ? -1 : 1)
  return order < 0 ? one : other
}
