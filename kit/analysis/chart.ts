import { drawPanel, type PanelPoint, place } from './chart-panel.ts'
import { quantile } from './quantile.ts'
import { sayMilliseconds, sayShare } from './say-figures.ts'
import type { Activity, Interval } from './window.ts'

/** An interval of a canary, of whatever step. */
export interface ChartPoint {
  /** From the start of the canary to the end of the interval. */
  readonly seconds: number
  /** The canary's share of visitors: 0.05. */
  readonly share: number
  readonly interval: Interval
}

const [left, width, height] = [70, 600, 120] as const
const tops = [70, 240] as const
const bottom = tops[1] + height

// The picture has its own ground, so that it can be read on whatever page it is.
const style = `
text { font: 12px system-ui, sans-serif; fill: #1f2937; dominant-baseline: middle }
.head { font-weight: 600 } .end { text-anchor: end }
path { fill: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.ground { fill: #ffffff } .grid { stroke: #d1d5db; stroke-width: 1 }
.step { stroke: #6b7280; stroke-width: 1; stroke-dasharray: 2 4 }
.canary { stroke: #b45309 } .old { stroke: #1d4ed8; stroke-dasharray: 6 5 }
@media (prefers-color-scheme: dark) {
text { fill: #e5e7eb } .ground { fill: #111827 } .grid { stroke: #374151 } .step { stroke: #9ca3af }
.canary { stroke: #fbbf24 } .old { stroke: #93c5fd }
}
`

/**
 * Share of errors and p95 of both versions over time, as an SVG document: no scripts, nothing from elsewhere, and the
 * same text for the same points. The title is text of any kind.
 */
export function chart(title: string, points: readonly ChartPoint[]): string {
  const lastSecond = Math.max(1, ...points.map(({ seconds }) => seconds))
  const shared = { left, width, height, lastSecond }
  const errors = points.map((point) => valuesOf(point, shareFailed))
  const p95 = points.map((point) => valuesOf(point, ({ latency }) => quantile(latency, 0.95)))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 30} ${bottom + 40}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '<rect class="ground" width="100%" height="100%"/>',
    `<text class="head" x="${left}" y="20">${escaped(title)}</text>`,
    ...legend,
    ...drawPanel({ ...shared, title: 'errors', points: errors, top: tops[0], leastTop: 0.01, say: sayShare }),
    ...drawPanel({ ...shared, title: 'p95', points: p95, top: tops[1], leastTop: 10, say: sayMilliseconds }),
    ...steps(points, lastSecond),
    `<text x="${left}" y="${bottom + 30}">0:00</text>`,
    `<text class="end" x="${left + width}" y="${bottom + 30}">${clock(lastSecond)}</text>`,
    '</svg>\n',
  ].join('\n')
}

const legend = (['canary', 'old'] as const).flatMap((side, at) => {
  const start = left + width - 150 + at * 90
  return [`<path class="${side}" d="M${start} 56h24"/>`, `<text x="${start + 32}" y="56">${side}</text>`]
})

const valuesOf = (
  { seconds, interval }: ChartPoint,
  of: (side: Activity) => number | undefined,
): PanelPoint => ({ seconds, canary: of(interval.canary), old: of(interval.old) })

const shareFailed = ({ failed, requests }: Activity): number | undefined =>
  requests === 0 ? undefined : failed / requests

/** A line where the share changes, with the share that begins there. */
function steps(points: readonly ChartPoint[], lastSecond: number): string[] {
  return points.flatMap(({ share }, at) => {
    const before = points[at - 1]
    if (before?.share === share) return []
    const x = place(left + ((before?.seconds ?? 0) / lastSecond) * width)
    return [
      `<path class="step" d="${tops.map((top) => `M${x} ${top}v${height}`).join('')}"/>`,
      `<text x="${x}" y="${bottom + 14}">${sayShare(share)}</text>`,
    ]
  })
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 holds none of these.
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replace(/[&<>"]/g, (character) => entities[character] ?? '')
  )
}
