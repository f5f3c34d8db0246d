import type { Stack, StackService } from '../compile/types.ts'
import { partOf } from './stack-parts.ts'

/** A part of a deploy that is done before the next one begins. */
export interface Phase {
  readonly stack: Stack
  /** Services that are not in the stack any more are removed. */
  readonly prune: boolean
}

/**
 * Fronts first: a page of the new release asks for its files on whatever node. That needs fronts that are there
 * already, and that find on the networks of before what they ask for.
 */
export function phasesOf(
  wanted: Stack,
  changed: ReadonlySet<string>,
  before: Stack | undefined,
): readonly Phase[] {
  const all = { stack: wanted, prune: true }
  const fronts = [...changed].filter((key) => isFront(wanted.services[key]))
  const first = fronts.filter((key) => sameNetworks(before?.services[key], wanted.services[key]))
  if (first.length === 0 || first.length === changed.size) return [all]
  return [{ stack: partOf(wanted, new Set(first)), prune: false }, all]
}

const isFront = (service: StackService | undefined): boolean => (service?.ports ?? []).length > 0

const sameNetworks = (before: StackService | undefined, now: StackService | undefined): boolean =>
  before !== undefined && networksOf(before) === networksOf(now)

const networksOf = (service: StackService | undefined): string =>
  Object.keys(service?.networks ?? {})
    .sort()
    .join(' ')
