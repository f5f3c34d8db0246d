import { quantile } from './quantile.ts'
import { sayCount, sayMilliseconds, sayShare } from './say-figures.ts'
import { type Activity, totalsOf, type Window } from './window.ts'

const rows: readonly (readonly [string, (side: Activity) => string])[] = [
  ['instances', ({ instances }) => sayCount(instances)],
  ['requests', ({ requests }) => sayCount(requests)],
  ['failed', ({ failed }) => sayCount(failed)],
  ['errors', ({ failed, requests }) => (requests === 0 ? '–' : sayShare(failed / requests))],
  ['p50', ({ latency }) => sayMilliseconds(quantile(latency, 0.5))],
  ['p95', ({ latency }) => sayMilliseconds(quantile(latency, 0.95))],
  ['p99', ({ latency }) => sayMilliseconds(quantile(latency, 0.99))],
  ['readiness lost', ({ flaps }) => sayCount(flaps)],
  ['restarts', ({ restarts }) => sayCount(restarts)],
]

/** Both versions in a window, side by side, as lines of plain text. */
export function evidenceTable(window: Pick<Window, 'intervals'>): string {
  const { canary, old } = totalsOf(window)
  const cells = [['', 'canary', 'old'], ...rows.map(([name, say]) => [name, say(canary), say(old)])]
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = ([name = '', ...figures]: readonly string[]) =>
    [name.padEnd(widths[0] ?? 0), ...figures.map((figure, at) => figure.padStart(widths[at + 1] ?? 0))].join(
      '  ',
    )
  return cells.map((row) => `${line(row)}\n`).join('')
}
