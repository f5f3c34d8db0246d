import type { Canary } from './state.ts'

/** The tag of an image with a digest, or the start of the digest where it has none. */
export function tagOf(image: string): string {
  const [name = image, digest = ''] = image.split('@')
  return /:([^:/]+)$/.exec(name)?.[1] ?? digest.replace('sha256:', '').slice(0, 12)
}

/** What people call it: `webapp canary 1.4`. */
export const canaryName = ({ component, image }: Canary): string => `${component} canary ${tagOf(image)}`

const units = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** `2 min`; in the largest unit that divides it. */
export function sayDuration(ms: number): string {
  const [length, unit] = units.find(([length]) => ms % length === 0) ?? [1, 'ms']
  return `${ms / length} ${unit}`
}
