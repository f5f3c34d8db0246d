/** A date as its author wrote it, and the moment it stands for. */
export interface Moment {
  /** YYYY-MM-DD, as written. */
  readonly day: string
  /** ISO 8601 in UTC. */
  readonly at: string
}

const form =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** Reads '2026-12-01', '2026-12-01 09:00' or ISO 8601; midnight and UTC where nothing else is said. */
export function readMoment(text: string): Moment | undefined {
  const [, day = '', time = '00:00', zone = 'Z'] = form.exec(text.trim()) ?? []
  if (!isDay(day)) return undefined
  const [, hours, minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? []
  const at = Date.parse(`${day}T${time}${hours ? `${hours}:${minutes}` : 'Z'}`)
  return Number.isNaN(at) ? undefined : { day, at: new Date(at).toISOString() }
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
