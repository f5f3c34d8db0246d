import type { CronSchedule, Schedule } from '../model.ts'
import { scalar } from './scalars.ts'
import type { Shape } from './shape.ts'

const named: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const weekdays = 'sun mon tue wed thu fri sat'.split(' ')

export const schedule: Shape<Schedule> = scalar(
  '"manual", or times in UTC as cron has them: minute, hour, day, month, weekday, such as "0 3 * * 1-5"',
  { type: 'string', minLength: 1 },
  (text) => (text === 'manual' ? { kind: 'manual' } : parseCron(text)),
)

/** The times, or nothing where it is none of cron's forms. */
export function parseCron(text: string): CronSchedule | undefined {
  const fields = (named[text] ?? text).toLowerCase().split(/\s+/)
  if (fields.length !== 5) return undefined
  const [minutes, hours, days, month, weekday] = [
    numbers(fields[0], 0, 59),
    numbers(fields[1], 0, 23),
    numbers(fields[2], 1, 31),
    numbers(fields[3], 1, 12, months),
    // Cron knows Sunday as 7, too.
    numbers(fields[4], 0, 7, weekdays)?.map((day) => day % 7),
  ]
  if (!minutes || !hours || !days || !month || !weekday) return undefined
  const eitherDay = !fields[2]?.startsWith('*') && !fields[4]?.startsWith('*')
  return {
    kind: 'cron',
    text,
    minutes,
    hours,
    days,
    months: month,
    weekdays: [...new Set(weekday)].sort(),
    eitherDay,
  }
}

/** `*`, `5`, `1-5`, `*`/15, `1-30/2`, and several of them with commas. */
function numbers(
  field = '',
  least: number,
  most: number,
  names: readonly string[] = [],
): number[] | undefined {
  const found = new Set<number>()
  const number = (text: string) =>
    /^\d+$/.test(text) ? Number(text) : names.indexOf(text) < 0 ? -1 : names.indexOf(text) + least
  for (const part of field.split(',')) {
    const [, range = '', step = '1'] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? []
    const [from = '', to = part.includes('/') ? String(most) : from] =
      range === '*' ? [`${least}`, `${most}`] : range.split('-')
    const [first, last] = [number(from), number(to)]
    if (first < least || last > most || first > last) return undefined
    for (let value = first; value <= last; value += Number(step)) found.add(value)
  }
  return [...found].sort((a, b) => a - b)
}
