/** A place in a configuration file, and what stands there instead. */
export type Replacement = readonly [found: RegExp, instead: string]

/**
 * A configuration with some places changed; all else stays.
 * @throws when a place is not there: the benchmark would measure something else than it says
 */
export function overlaid(usual: string, replacements: readonly Replacement[]): string {
  let text = usual
  for (const [found, instead] of replacements) {
    const changed = text.replace(found, instead)
    if (changed === text) throw new Error(`the configuration says nothing like ${found} any more`)
    text = changed
  }
  return text
}
