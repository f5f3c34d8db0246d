const raised: readonly (readonly [usual: string, raised: string])[] = [
  ['zone=writers:4m rate=2r/s', 'zone=writers:4m rate=1000000r/s'],
  ['zone=writers burst=20', 'zone=writers burst=1000000'],
]

/** nginx/conf/limits.conf with one client allowed to send as many forms as it likes; all else stays. */
export function raisedLimits(usual: string): string {
  const missing = raised.find(([text]) => !usual.includes(text))
  if (missing) throw new Error(`nginx/conf/limits.conf does not say "${missing[0]}" any more`)
  return raised.reduce((text, [from, to]) => text.replace(from, to), usual)
}
