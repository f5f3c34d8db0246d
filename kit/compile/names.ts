import { createHash } from 'node:crypto'

/** What Swarm takes as the name of a service or a network. */
const MOST = 63
/** And of a secret or a config. */
const MOST_OF_FILE = 64
/** A service has at least half of the name. */
const MOST_OF_STACK = 30

/** Lower case letters, digits and single dashes. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

/** The first 12 digits of the SHA-256, in hex. */
export const shortHash = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 12)

/** Shortened to `most` characters where it is longer; what is cut off goes into a hash. */
export const within = (name: string, most: number): string =>
  name.length <= most ? name : `${name.slice(0, most - 13).replace(/[-_.]+$/, '')}-${shortHash(name)}`

/** Name of the stack: `dogfood-production` for the app `dogfood` in the environment `giantswarm/production`. */
export const stackName = (app: string, environment: string): string =>
  within(slug(`${app}-${environment.slice(environment.indexOf('/') + 1)}`), MOST_OF_STACK)

/** The key of a service or a network in the stack, so short that Swarm takes `<stack>_<key>`. */
export const keyWithin = (stack: string, key: string): string => within(key, MOST - stack.length - 1)

/** Name of a Swarm secret or config: `<stack>_<name>-<hash>`, the name shortened where there is no room for it. */
export const hashedName = (stack: string, name: string, hash: string): string =>
  `${stack}_${within(name, MOST_OF_FILE - stack.length - hash.length - 2)}-${hash}`

/**
 * Keys for names that must stay apart, whatever their order; those that would be the same as another one, or are taken,
 * get a hash of their name.
 */
export function keysOf(
  stack: string,
  names: readonly string[],
  taken: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const key = (name: string) => keyWithin(stack, slug(name))
  const alike = Map.groupBy(names, key)
  const own = (name: string) =>
    alike.get(key(name))?.length === 1 && !taken.has(key(name))
      ? key(name)
      : keyWithin(stack, `${slug(name)}-${shortHash(name)}`)
  return new Map(names.map((name) => [name, own(name)]))
}
