import type { Sides } from '../analysis/counters.ts'

/** Balancers that see no instance send its visitors to the old version, so no request would tell. */
const WITHOUT_MS = 30_000

/** How long no instance of a canary was ready, through all of its steps. */
export class Presence {
  #lastSeen: Date | undefined
  #withoutMs = 0

  /**
   * Takes the instances that each balancer finds ready; says so where none of the canary was for too long. A balancer
   * that sees none of the old version either is no witness, and time in which nobody saw it does not count.
   */
  without(ready: ReadonlyMap<string, Sides<number>>, now: Date): string | undefined {
    const witnesses = [...ready.values()].filter(({ canary, old }) => canary > 0 || old > 0)
    const isWithout = witnesses.every(({ canary }) => canary === 0)
    if (!isWithout) this.#withoutMs = 0
    else if (this.#lastSeen && witnesses.length > 0)
      this.#withoutMs += now.getTime() - this.#lastSeen.getTime()
    this.#lastSeen = isWithout && witnesses.length > 0 ? now : undefined
    if (this.#withoutMs < WITHOUT_MS) return undefined
    return `none of its instances was ready for ${WITHOUT_MS / 1000} s`
  }
}
