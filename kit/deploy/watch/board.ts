import type { Terminal } from '../../terminal.ts'
import type { Standing } from './look.ts'
import type { WatchedTask } from './snapshot.ts'

/** Name of a node by its id. */
export type NodeNames = ReadonlyMap<string, string>

/** A line for each service that is not where it should be. */
export function boardLines(standings: readonly Standing[], nodes: NodeNames): string[] {
  const width = Math.max(0, ...standings.map((standing) => labelOf(standing).length))
  return standings.map((standing) => `${labelOf(standing).padEnd(width)}  ${lineOf(standing, nodes)}`)
}

export const labelOf = ({ component, kind }: Standing): string =>
  kind === 'balancer' ? `${component} (balancer)` : component

function lineOf({ count, running, rising, old, settled, trouble }: Standing, nodes: NodeNames): string {
  if (trouble) return trouble.reason
  const parts = [
    `${running.length} of ${count} ${settled ? 'run' : 'new'}${where(running, nodes)}`,
    ...rising.map((task) => `${stateOf(task)}${where([task], nodes)}`),
    ...(old.length > 0 ? [`${old.length} old${where(old, nodes)}`] : []),
  ]
  return parts.join(', ')
}

function where(tasks: readonly WatchedTask[], nodes: NodeNames): string {
  const names = tasks
    .filter(({ node }) => node !== '')
    .map(({ node }) => nodes.get(node) ?? node.slice(0, 12))
  return names.length === 0 ? '' : ` on ${names.join(' ')}`
}

/** A state in words: Swarm says "starting" until the health check was good once. */
function stateOf({ state, error }: WatchedTask): string {
  if (state === 'pending') return error === '' ? 'waits for a node' : error
  if (state === 'new') return 'waits for an address'
  if (state === 'preparing') return 'gets its image'
  return state === 'starting' ? 'not healthy yet' : state
}

/** Shows how far the services are: in place on a terminal, elsewhere a line for each thing that changed. */
export class Board {
  readonly #terminal: Terminal
  readonly #begun = performance.now()
  #shown: readonly string[] = []

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  show(standings: readonly Standing[], nodes: NodeNames): void {
    const lines = boardLines(standings, nodes)
    const { isTerminal, columns } = this.#terminal
    if (isTerminal) {
      const told = lines.map((line) => `\x1b[K${`${this.#time()}  ${line}`.slice(0, columns - 1)}\n`)
      this.#terminal.say(`${this.#up()}${told.join('')}\x1b[J`)
    } else
      for (const line of lines)
        if (!this.#shown.includes(line)) this.#terminal.say(`${this.#time()}  ${line}\n`)
    this.#shown = lines
  }

  #up(): string {
    return this.#shown.length > 0 ? `\x1b[${this.#shown.length}A\r` : ''
  }

  #time(): string {
    return `${((performance.now() - this.#begun) / 1000).toFixed(1).padStart(6)} s`
  }
}
