// Numbers as somebody reads them.

const short = (value, digits = 3) =>
  Math.abs(value) >= 1000
    ? `${Number((value / 1000).toPrecision(digits))} k`
    : String(Number(value.toPrecision(digits)))

function bytes(value) {
  const names = ['B', 'kB', 'MB', 'GB', 'TB']
  const size = value > 0 ? Math.min(names.length - 1, Math.floor(Math.log(value) / Math.log(1000))) : 0
  return `${Number((value / 1000 ** size).toPrecision(3))} ${names[size]}`
}

function duration(seconds) {
  const [size, name] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
    [1e-3, 'ms'],
    [1e-6, 'µs'],
  ].find(([least]) => Math.abs(seconds) >= least) ?? [1e-3, 'ms']
  return `${Number((seconds / size).toPrecision(3))} ${name}`
}

/** How a number of each unit is written. */
export const written = {
  'per second': (value) => `${short(value)}/s`,
  share: (value) => `${short(value * 100)} %`,
  duration,
  bytes,
  count: (value) => short(value),
  'up or down': (value) => (value >= 1 ? 'up' : 'down'),
}

/** Round steps for an axis from 0 to at least `highest`; shares and what is up end at 1. */
export function axisOf(unit, highest) {
  if (unit === 'up or down') return [0, 1]
  const base = unit === 'duration' && highest > 120 ? 60 : 1
  const wanted = (highest > 0 ? highest : 1) / base / 4
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= wanted * 0.999)
  const least = unit === 'count' ? Math.max(1, step) : step
  const count = Math.max(1, Math.ceil(highest / base / least - 0.001))
  return Array.from({ length: count + 1 }, (_, i) => i * least * base)
}
