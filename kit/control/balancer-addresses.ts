import { Resolver } from 'node:dns/promises'
import { LABELS } from '../swarm/labels.ts'
import type { SwarmService } from '../swarm/services.ts'
import type { Engine } from './engine-api.ts'

/** Services come and go with deploys alone. */
const KNOWN_MS = 10_000
/** The engine on this node answers, or nobody does. */
const DNS_MS = 300

/** The IPv4 addresses of a name; none where nobody has it. Throws where DNS does not answer. */
export type Resolve = (name: string) => Promise<readonly string[]>

/** Asks the DNS of the container. */
export function dnsResolve(): Resolve {
  const resolver = new Resolver({ timeout: DNS_MS, tries: 2 })
  return (name) =>
    resolver.resolve4(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return []
      throw error
    })
}

/** Where the balancers of a stack are; none where DNS has none. */
export interface BalancerAddresses {
  /** Of all components. */
  all(): Promise<string[]>
  /** Of the component that has a canary: the others see no instance of it. */
  ofCanary(): Promise<string[]>
}

/**
 * Finds the balancers of a stack by DNS: a task is there once its health check was good. While DNS does not answer, they
 * are where they were.
 */
export function balancerAddresses(stack: string, engine: Engine, resolve: Resolve): BalancerAddresses {
  let names: readonly string[] = []
  let asked = Number.NEGATIVE_INFINITY
  const last = new Map<string, readonly string[]>()
  const addressesOf = async (name: string): Promise<readonly string[]> => {
    const found = await resolve(`tasks.${name}`).catch(() => last.get(name) ?? [])
    last.set(name, found)
    return found
  }
  const addressesOfAll = async (services: readonly string[]): Promise<string[]> =>
    [...new Set((await Promise.all(services.map(addressesOf))).flat())].sort()
  return {
    async all() {
      if (performance.now() - asked > KNOWN_MS) {
        names = balancersIn(await engine.services(stack)).map(({ name }) => name)
        asked = performance.now()
      }
      return addressesOfAll(names)
    },
    // Asked each time: the service of a canary comes between two deploys.
    async ofCanary() {
      const services = await engine.services(stack)
      const canary = services.find(({ kind }) => kind === 'canary')
      const own = balancersIn(services).filter(({ component }) => component === canary?.component)
      return addressesOfAll(own.map(({ name }) => name))
    },
  }
}

const balancersIn = (services: readonly SwarmService[]): SwarmService[] =>
  services.filter(({ labels }) => labels[LABELS.kind] === 'balancer')
