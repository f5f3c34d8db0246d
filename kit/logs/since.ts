import { Failure } from '../failure.ts'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** A time, or how long ago it was, as a time. */
export function since(text: string, now: Date): string {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? []
  const time =
    amount === undefined ? timeIn(text) : now.getTime() - Number(amount) * (SECONDS[unit] ?? 1) * 1000
  // Far before it a time has no ISO form that the engine reads, or none at all.
  if (time >= 0) return new Date(time).toISOString()
  throw new Failure(
    'usage',
    `"${text}" is no time since 1970.`,
    'Give a time such as 2026-11-21T10:00:00Z, or how long ago: 90s, 10m, 2h, 1d.',
  )
}

const timeIn = (text: string): number => (/^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN)
