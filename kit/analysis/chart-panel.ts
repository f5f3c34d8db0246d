/** A value of each version at a time; undefined breaks the line. */
export interface PanelPoint {
  readonly seconds: number
  readonly canary: number | undefined
  readonly old: number | undefined
}

/** Where a panel lies, and what it shows. */
export interface Panel {
  readonly title: string
  readonly points: readonly PanelPoint[]
  /** At least so much of the scale is shown: differences of what is next to nothing should look like that. */
  readonly leastTop: number
  /** As text that needs no escaping. */
  say(value: number): string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** At the right edge. */
  readonly lastSecond: number
}

/** Title, scale and two lines of a panel, as SVG elements. */
export function drawPanel(panel: Panel): string[] {
  const { title, points, leastTop, say, left, top, width, height, lastSecond } = panel
  const values = points.flatMap(({ canary, old }) => [canary ?? 0, old ?? 0])
  const highest = roundTop(Math.max(leastTop, ...values))
  const x = (seconds: number) => place(left + (seconds / lastSecond) * width)
  const y = (value: number) => place(top + height - (value / highest) * height)
  const scale = [0, highest / 2, highest].flatMap((value) => [
    `<path class="grid" d="M${left} ${y(value)}H${left + width}"/>`,
    `<text class="end" x="${left - 6}" y="${y(value)}">${say(value)}</text>`,
  ])
  const line = (side: 'canary' | 'old') =>
    `<path class="${side}" d="${pathOf(points, (one) => one[side], { x, y })}"/>`
  return [
    `<text class="head" x="${left}" y="${top - 14}">${title}</text>`,
    ...scale,
    line('old'),
    line('canary'),
  ]
}

interface Axes {
  x(seconds: number): number
  y(value: number): number
}

function pathOf(
  points: readonly PanelPoint[],
  of: (point: PanelPoint) => number | undefined,
  { x, y }: Axes,
): string {
  let isOpen = false
  return points
    .map((point) => {
      const value = of(point)
      const command = isOpen ? 'L' : 'M'
      isOpen = value !== undefined
      if (value === undefined) return ''
      const at = `${x(point.seconds)} ${y(value)}`
      // A line of one point shows by its round end.
      return command === 'M' ? `M${at}L${at}` : `L${at}`
    })
    .join('')
}

/** The next of 1, 2, 5, 10, 20, … above. */
function roundTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 5].find((one) => value <= one * power * (1 + 1e-9)) ?? 10
  return factor * power
}

/** A tenth of a pixel is enough, and keeps the text the same everywhere. */
export const place = (value: number): number => Math.round(value * 10) / 10
