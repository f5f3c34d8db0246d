let millisecond = 0
let field = ''

/** The time of a log line as its JSON field; written out once a millisecond, however many lines it has. */
export function logTime(): string {
  const now = Date.now()
  if (now !== millisecond) {
    millisecond = now
    field = `,"time":"${new Date(now).toISOString()}"`
  }
  return field
}
