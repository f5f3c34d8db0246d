/** A line of the webapp's access log. */
interface Line {
  readonly time?: string
  readonly url?: string
  readonly milliseconds?: number
  readonly cache?: string
}

/** A request for a page: from when to when, in milliseconds, and whether the answer was just rendered. */
export interface Asked {
  readonly path: string
  readonly from: number
  readonly to: number
  readonly rendered: boolean
}

/** What the log of one instance says of its pages. */
export const askedIn = (log: string): Asked[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
    .flatMap(({ time = '', url, milliseconds, cache }) => {
      if (url === undefined || milliseconds === undefined || cache === undefined) return []
      const to = new Date(time).getTime()
      return [{ path: url, from: to - milliseconds, to, rendered: cache === 'render' }]
    })

/**
 * The renders among the requests of one instance. Who asks for a page while it is rendered gets that render too, so
 * requests for one page that overlap are one render.
 */
export function rendersIn(asked: readonly Asked[]): Asked[] {
  const renders: Asked[] = []
  const last = new Map<string, Asked>()
  for (const request of asked.filter(({ rendered }) => rendered).sort((a, b) => a.from - b.from)) {
    const before = last.get(request.path)
    if (before && request.from < before.to) continue
    last.set(request.path, request)
    renders.push(request)
  }
  return renders
}

/** The most that any one path was asked for within so many milliseconds. */
export function mostWithin(asked: readonly Asked[], milliseconds: number): number {
  const byPath = Map.groupBy(asked, ({ path }) => path)
  const most = [...byPath.values()].map((requests) => {
    const times = requests.map(({ from }) => from).sort((a, b) => a - b)
    return mostIn(times, milliseconds)
  })
  return Math.max(0, ...most)
}

function mostIn(times: readonly number[], milliseconds: number): number {
  let first = 0
  let most = 0
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) >= milliseconds) first++
    most = Math.max(most, index - first + 1)
  }
  return most
}
