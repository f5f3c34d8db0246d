/** The files of nginx/conf that say how many forms one client may send, and what they say for as many as it likes. */
const raised: Readonly<Record<string, readonly (readonly [usual: string, raised: string])[]>> = {
  'limits.conf': [['zone=writers:4m rate=2r/s', 'zone=writers:4m rate=1000000r/s']],
  'uncached.conf': [['zone=writers burst=20', 'zone=writers burst=1000000']],
}

export const raisedFiles: readonly string[] = Object.keys(raised)

/** A file of nginx/conf with one client allowed to send as many forms as it likes; all else stays. */
export function raisedLimits(file: string, usual: string): string {
  const changes = raised[file] ?? []
  const missing = changes.find(([text]) => !usual.includes(text))
  if (missing) throw new Error(`nginx/conf/${file} does not say "${missing[0]}" any more`)
  return changes.reduce((text, [from, to]) => text.replace(from, to), usual)
}
