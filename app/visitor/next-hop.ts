import type { Express } from 'express'

/**
 * Believes the next hop, where it is one of `proxies`, about whom a request is from, and nobody behind it. A list
 * alone makes Express walk up X-Forwarded-For past all addresses in the list: a client in a private network could
 * then put any address in front of its own. So a proxy between has to pass on what the first one said.
 */
export function believeNextHop(app: Express, proxies: string): void {
  app.set('trust proxy', proxies)
  const isProxy: (address: string, hop: number) => boolean = app.get('trust proxy fn')
  app.set('trust proxy', (address: string, hop: number) => hop === 0 && isProxy(address, hop))
}
