const timeForm = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/** A time as operators read it, in UTC; empty for what is none. */
export function sayTime(time: string | number | undefined): string {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? '' : timeForm.format(date)
}

/** `registry/name:tag@sha256:…` without the registry and all but the first of the digest. */
export function sayImage(image: string): string {
  const [name = '', digest = ''] = image.split('@sha256:')
  const short = name.slice(name.lastIndexOf('/') + 1)
  return digest ? `${short} (${digest.slice(0, 12)})` : short
}
