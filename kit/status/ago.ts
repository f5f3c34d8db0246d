const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
] as const

/** How long ago a time was, in its largest unit: `3h`. */
export function ago(time: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(time)) / 1000))
  const [length, unit] = units.find(([length]) => seconds >= length) ?? [1, 's']
  return `${Math.floor(seconds / length)}${unit}`
}
