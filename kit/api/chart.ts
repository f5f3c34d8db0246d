import { chosenCanary, readStates } from '../canary/store.ts'
import { readRecord } from '../deploy/canary-kept.ts'
import { Failure } from '../failure.ts'

/** Both versions over time. */
export interface ChartView {
  /** Of the canary. */
  readonly id: string
  /** An SVG document without scripts, and with nothing from elsewhere. */
  readonly chart: string
}

/** The chart of a canary by its id, or of the last one. Throws a Failure where there is none. */
export async function readChart(stack: string, asked?: string): Promise<ChartView> {
  const { id } = chosenCanary(await readStates(stack), asked) ?? {}
  const record = id === undefined ? undefined : await readRecord(stack, id)
  if (id !== undefined && record) return { id, chart: record.chart }
  throw new Failure(
    'not found',
    'There is no chart of it.',
    'It is drawn when a canary that had visitors ends.',
  )
}
