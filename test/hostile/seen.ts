import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../lab/docker.ts'
import type { ProductionStack } from '../production/stack.ts'

/** How often the balancer and the instances logged a request for an address. */
export interface Seen {
  balancer(path: string): number
  app(path: string): number
}

// Both write their lines in batches, at the latest after a second.
const BATCH_MS = 2000
const ROUNDS = 10

/** Reads what arrived behind nginx, once everything that is under way is logged. */
export async function seenBehind(stack: ProductionStack): Promise<Seen> {
  let [balancer, app] = await logsAfterABatch(stack)
  for (let round = 1; round < ROUNDS; round++) {
    const before = (balancer?.length ?? 0) + (app?.length ?? 0)
    ;[balancer, app] = await logsAfterABatch(stack)
    if ((balancer?.length ?? 0) + (app?.length ?? 0) === before) break
  }
  return { balancer: counter(balancer), app: counter(app) }
}

async function logsAfterABatch(stack: ProductionStack): Promise<string[][]> {
  await sleep(BATCH_MS)
  return Promise.all(['balancer', 'webapp'].map((service) => logOf(stack, service)))
}

async function logOf(stack: ProductionStack, service: string): Promise<string[]> {
  const ids = await stack.containers(service)
  return (await Promise.all(ids.map((id) => docker('logs', id)))).join('\n').split('\n')
}

const counter =
  (lines: readonly string[] = []) =>
  (path: string): number => {
    const whole = new RegExp(`${path}(?![\\w-])`)
    return lines.filter((line) => whole.test(line)).length
  }
