import { docker } from '../lab/docker.ts'

export interface StateChange {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly server: string
  readonly state: 'UP' | 'DOWN'
}

/** The JSON lines of a container. */
export async function logOf(container: string): Promise<Record<string, unknown>[]> {
  const lines = (await docker('logs', container)).split('\n')
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
}

/** What HAProxy has written about its servers, each line with the engine's time of it. */
export async function stateChanges(container: string): Promise<StateChange[]> {
  const lines = (await docker('logs', '--timestamps', container)).split('\n')
  return lines.flatMap((line) => {
    const [, at = '', server = '', state] = /^(\S+) .*Server instances\/(\w+) is (UP|DOWN)/.exec(line) ?? []
    return state === 'UP' || state === 'DOWN' ? [{ at: Date.parse(at), server, state }] : []
  })
}
