import { setTimeout as sleep } from 'node:timers/promises'
import type { Sides } from '../analysis/counters.ts'
import { balancerAddresses, dnsResolve } from './balancer-addresses.ts'
import { Helm, PATIENCE_MS } from './balancer-helm.ts'
import type { Server } from './balancer-servers.ts'
import type { Balancers } from './balancers.ts'
import type { Engine } from './engine-api.ts'
import { type BalancerState, readBalancer } from './steering.ts'

type Tell = (level: 'info' | 'error', line: string) => void

/** Who has not taken the word by then goes on beside: a slow balancer must not hold up the next word of the others. */
const STEER_MS = 350

/**
 * All balancers of a stack; what instances of a canary do, those of its component know. One that was silent is asked
 * again, and not waited for: neither for a word nor for what it counted.
 */
export function steeredBalancers(
  stack: string,
  engine: Engine,
  tell: Tell,
  resolve = dnsResolve(),
): Balancers {
  const addresses = balancerAddresses(stack, engine, resolve)
  let helms: ReadonlyMap<string, Helm> = new Map()
  const known = async (): Promise<[string, BalancerState][]> => {
    const heard = (await addresses.ofCanary()).filter((address) => !helms.get(address)?.isSilent)
    const asked = await Promise.all(
      heard.map(async (address) => [address, await readBalancer(address, PATIENCE_MS)] as const),
    )
    return asked.flatMap(([address, state]) => (state.kind === 'known' ? [[address, state]] : []))
  }
  const servers = async () => (await known()).map(([, state]) => state.servers)
  return {
    async steer(word) {
      const found = await addresses.all()
      helms = new Map(found.map((address) => [address, helms.get(address) ?? new Helm(address, tell)]))
      const heard = [...helms.values()].map((helm) => {
        const wasSilent = helm.isSilent
        const brought = helm.bringTo(word)
        return wasSilent ? undefined : brought
      })
      await Promise.race([Promise.all(heard), sleep(STEER_MS, undefined, { ref: false })])
    },
    async read() {
      const states = await known()
      return {
        reading: new Map(states.map(([address, { counters }]) => [address, counters])),
        flaps: new Map(states.map(([address, state]) => [address, lostIn(state.servers)])),
        ready: new Map(states.map(([address, state]) => [address, readyIn(state.servers)])),
      }
    },
    async see(instances) {
      const all = await servers()
      return (
        all.length > 0 && all.every(({ canary }) => canary.filter(({ isUp }) => isUp).length >= instances)
      )
    },
    isIdle: async () => (await servers()).every(({ canary }) => canary.every(({ current }) => current === 0)),
  }
}

const lostIn = ({ canary, old }: Sides<readonly Server[]>): Sides<number> => ({
  canary: lost(canary),
  old: lost(old),
})

const readyIn = ({ canary, old }: Sides<readonly Server[]>): Sides<number> => ({
  canary: canary.filter(({ isUp }) => isUp).length,
  old: old.filter(({ isUp }) => isUp).length,
})

const lost = (servers: readonly Server[]): number => servers.reduce((sum, server) => sum + server.lost, 0)
