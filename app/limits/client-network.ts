import { isIPv6 } from 'node:net'

const networkGroups = 4

/**
 * Whom a client address counts for: an IPv4 address for itself, also where it comes mapped into IPv6; an IPv6
 * address for its /64, which is what one household gets, so that nobody has more turns by changing the rest.
 */
export function clientNetwork(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  // The hostname of a URL is the address in its one shortest form: https://url.spec.whatwg.org/#concept-ipv6-serializer
  const shortest = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1)
  const [head = '', tail] = shortest.split('::')
  const groups = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array(8 - groups.length - after.length).fill('0')
  return `${[...groups, ...zeros, ...after].slice(0, networkGroups).join(':')}::/64`
}
