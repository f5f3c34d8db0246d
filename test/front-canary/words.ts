import { readAllowRule } from '../../kit/canary/allow-rule.ts'
import type { Sides } from '../../kit/canary/sides.ts'

/** The header by which a test finds out whether nginx has a split. */
export const PROBE = 'X-Probe'

export const SALT = 'k3f9a1'

/** Splits one after the other, each with a tester's header of its own. */
export function words() {
  let version = 0
  const probe = () => `v${version}`
  return {
    next(changes: Partial<Sides> = {}): { sides: Sides; probe: string } {
      version += 1
      const rule = readAllowRule(`header:${PROBE}=${probe()}`)
      const allow = [...(changes.allow ?? []), ...(rule ? [rule] : [])]
      return {
        sides: { version, id: 'c7', percent: 0, salt: SALT, ...changes, allow },
        probe: probe(),
      }
    },
    last: () => ({ probe: probe() }),
  }
}

export const rules = (...texts: string[]) => texts.flatMap((text) => readAllowRule(text) ?? [])
