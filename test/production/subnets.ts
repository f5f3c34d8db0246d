import { randomInt } from 'node:crypto'

/**
 * A Compose file that gives each network a small subnet of its own. An engine has about 30 to give by itself, and a
 * production site takes a third of them.
 */
export function withSubnets(
  networks: readonly string[],
  base = randomInt(0x8000, 0x10000 - networks.length),
): string {
  // Private addresses, 10.128.0.0 and up: the site believes only those about whom a request is from.
  const subnet = (at: number) => `10.${(base + at) >> 8}.${(base + at) & 255}.0/24`
  const entries = networks.map((name, at) => [name, { ipam: { config: [{ subnet: subnet(at) }] } }])
  return JSON.stringify({ networks: Object.fromEntries(entries) })
}
