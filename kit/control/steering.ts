import type { Counters, Sides } from '../analysis/counters.ts'
import { countersIn, READ_COUNTERS } from './balancer-counters.ts'
import { READ_SERVERS, type Server, serversIn } from './balancer-servers.ts'
import { askBalancer, type Silent } from './balancer-socket.ts'
import { addSplit, READ_SPLIT, setSplit, splitResult, wordFor, wordIn } from './balancer-split.ts'

/** All that control has to know of a balancer. */
export interface BalancerState {
  readonly kind: 'known'
  readonly word: string
  readonly counters: Sides<Counters>
  readonly servers: Sides<readonly Server[]>
}

/** Asks the balancer at an address for all that control has to know of it. */
export async function readBalancer(address: string, timeoutMs: number): Promise<BalancerState | Silent> {
  const answer = await askBalancer(address, [READ_SPLIT, READ_COUNTERS, READ_SERVERS].join(';'), timeoutMs)
  if (answer.kind === 'silent') return answer
  const counters = countersIn(answer.text)
  if (counters === undefined) return { kind: 'silent', why: 'its configuration knows no canary' }
  return { kind: 'known', word: wordIn(answer.text), counters, servers: serversIn(answer.text) }
}

/** `set`: it has the word. `kept`: its own is that one, or a newer one. */
export type Steered = { readonly kind: 'set' | 'kept' } | Silent

/** Brings the balancer at an address to a word, unless it has a newer one. */
export async function steerBalancer(address: string, word: string, timeoutMs: number): Promise<Steered> {
  const answer = await askBalancer(address, READ_SPLIT, timeoutMs)
  if (answer.kind === 'silent') return answer
  return wordFor(wordIn(answer.text), word) === undefined
    ? { kind: 'kept' }
    : setWord(address, word, timeoutMs)
}

async function setWord(address: string, word: string, timeoutMs: number): Promise<Steered> {
  for (const line of [setSplit(word), addSplit(word)]) {
    const answer = await askBalancer(address, line, timeoutMs)
    if (answer.kind === 'silent') return answer
    const result = splitResult(answer.text)
    if (result === 'done') return { kind: 'set' }
    if (result === 'refused') return { kind: 'silent', why: `it says: ${answer.text.trim()}` }
  }
  return { kind: 'silent', why: 'it keeps no word' }
}
