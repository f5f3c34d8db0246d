import type { Day } from '../invites/invite-store.ts'
import { longDate } from '../pages/shared-context.ts'

const slot = 12
const bar = 9
const height = 100

/**
 * Sign-ups a day as the text of an SVG element, a bar each day, oldest first. It stretches to the box it is in, so
 * it holds no letters: the page around it says the scale. Colours come from the classes.
 */
export function signupChart(days: readonly Day[]): string {
  const most = mostSignups(days)
  const width = days.length * slot
  const bars = days.map(({ day, signups }, at) => barOf({ day, signups, x: at * slot, most }))
  return [
    `<svg class="chart" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="chart-title chart-text">`,
    '<title id="chart-title">Sign-ups a day</title>',
    `<desc id="chart-text">${described(days, most)}</desc>`,
    `<path class="chart-line" d="M0 0.5H${width}M0 ${height / 2}H${width}"/>`,
    ...bars,
    `<path class="chart-base" d="M0 ${height - 0.5}H${width}"/>`,
    '</svg>',
  ].join('\n')
}

/** The top of the scale; an empty chart has one too. */
export const mostSignups = (days: readonly Day[]): number =>
  Math.max(1, ...days.map(({ signups }) => signups))

function barOf({ day, signups, x, most }: { day: string; signups: number; x: number; most: number }): string {
  const tall = Math.round((signups / most) * height)
  const at = `x="${x + (slot - bar) / 2}" y="${height - tall}" width="${bar}" height="${tall}"`
  return `<rect class="chart-bar" ${at}><title>${longDate(day)}: ${signups}</title></rect>`
}

function described(days: readonly Day[], most: number): string {
  const total = days.reduce((sum, { signups }) => sum + signups, 0)
  if (total === 0) return `None in ${days.length} days.`
  const best = days.find(({ signups }) => signups === most)
  return `${total} in ${days.length} days, most on ${longDate(best?.day ?? '')}: ${most}.`
}
