import type { ControlClient } from './control-client.ts'

// One is drawn soon after a canary has ended, and is then the same for ever.
const askAgainMilliseconds = 10_000

interface Kept {
  readonly id: string
  readonly at: number
  readonly asking: Promise<void>
  chart: string | undefined
}

/** The drawing of the canary that was looked at last, asked for once; undefined where there is none, or none to be had. */
export function lastChart(control: Pick<ControlClient, 'chart'>, now: () => number = Date.now) {
  let kept: Kept | undefined

  function ask(id: string): Kept {
    const isKept = kept?.id === id && (kept.chart !== undefined || now() - kept.at < askAgainMilliseconds)
    if (kept && isKept) return kept
    const asking = control.chart(id).then(
      (chart) => {
        asked.chart = chart
      },
      () => undefined,
    )
    const asked: Kept = { id, at: now(), asking, chart: undefined }
    kept = asked
    return asked
  }

  return {
    async of(id: string): Promise<string | undefined> {
      const asked = ask(id)
      await asked.asking
      return asked.chart
    },
    /** Whether it is here; it is asked for, and waited for by nobody. */
    isHere: (id: string): boolean => ask(id).chart !== undefined,
  }
}
