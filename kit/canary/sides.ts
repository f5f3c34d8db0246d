import { Failure } from '../failure.ts'
import { readAllowRule, sayAllowRule } from './allow-rule.ts'
import { isShare } from './share.ts'
import { splitOf } from './share-of.ts'
import { type Split, stricter } from './split.ts'
import type { Canary } from './state.ts'

/** The split as balancers get it. */
export interface Sides extends Split {
  /** The number of the state that it comes from; from 1. */
  readonly version: number
  /** Of the canary. */
  readonly id: string
}

/** Characters. Far less than HAProxy takes in a line of its socket: https://docs.haproxy.org/3.2/configuration.html#3.2-tune.bufsize */
export const MOST_SIDES = 2048

/** In front of every line, so that a balancer knows its form. */
const FORMAT = '1'

/** In the place of the salt: by this one nobody is chosen. Salts are of hexadecimal digits, so none is this. */
const PROMOTED = 'promoted'

/** What balancers are to get of state number `version`. */
export const sidesOf = (canary: Canary, version: number): Sides => ({
  ...splitOf(canary),
  version,
  id: canary.id,
})

/**
 * One word for HAProxy's `set map`: `1~VERSION~ID~PERCENT~SALT~RULE,RULE`, of letters, digits and `~,:=/._-` alone, so that
 * its `field(4,~)` is the share. Throws a Failure where that is too long.
 */
export function encodeSides({ version, id, percent, salt, allow }: Sides): string {
  const text = [FORMAT, version, id, percent, salt, allow.map(sayAllowRule).join(',')].join('~')
  if (text.length <= MOST_SIDES) return text
  throw new Failure(
    'refused',
    `What balancers have to know of the canary has ${text.length} characters, ${MOST_SIDES} at most.`,
    'Give --allow fewer times.',
  )
}

/**
 * The word for when a canary was promoted and none is under way: `1~VERSION~ID~0~promoted~`. To kits, fronts and balancers
 * of before it is a canary that nobody gets.
 */
export const encodePromoted = (id: string, version: number): string =>
  encodeSides({ version, id, percent: 0, salt: PROMOTED, allow: [] })

const LINE =
  /^1~(?<version>[1-9]\d{0,14})~(?<id>[A-Za-z0-9-]{1,32})~(?<percent>\d{1,3}(?:\.\d{1,2})?)~(?<salt>[A-Za-z0-9]{1,64})~(?<rules>\S*)$/

/** Throws a Failure for a line that encodeSides did not make. */
export function decodeSides(text: string): Sides {
  const { version, id, percent, salt, rules } = LINE.exec(text)?.groups ?? {}
  const allow = rules ? rules.split(',').map(readAllowRule) : []
  const known = allow.filter((rule) => rule !== undefined)
  const isClosed = Number(percent) === 0 && allow.length === 0
  const isWhole = text.length <= MOST_SIDES && known.length === allow.length && isShare(Number(percent))
  if (id === undefined || salt === undefined || !isWhole || (salt === PROMOTED && !isClosed))
    throw new Failure(
      'failed',
      'A balancer has a split that this kit cannot read.',
      'Use the kit that began the canary, or a newer one.',
    )
  return { version: Number(version), id, percent: Number(percent), salt, allow: known }
}

/** What a balancer keeps of what it has and what it is offered: the newer one, and of the same version the stricter. */
export function newerSides(has: Sides, offered: Sides): Sides {
  if (has.version === offered.version) return stricter(has, offered)
  return has.version > offered.version ? has : offered
}
