import type { Act } from '../cli/verb.ts'
import { lockedRun } from '../deploy/run.ts'
import { type Direction, scale } from '../deploy/scale.ts'

const scaling =
  (direction: Direction): Act =>
  (asked, context) =>
    lockedRun(asked, context, `scale${direction} ${asked.words.join(' ')}`.trim(), async (run) => {
      await scale(run, asked.words, direction)
      return 0
    })

export const scaleup = scaling('up')
export const scaledown = scaling('down')
