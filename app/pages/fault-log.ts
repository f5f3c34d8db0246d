import { type Fault, formatFault } from '../content/fault.ts'
import type { Log } from '../logging/log.ts'

const most = 20

/** Logs faults, errors first, and of many only the first: `content:check` has them all. */
export const faultLog =
  (log: Pick<Log, 'error' | 'warn'>) =>
  (faults: readonly Fault[]): void => {
    const errors = faults.filter(({ severity }) => severity === 'error')
    const warnings = faults.filter(({ severity }) => severity === 'warning')
    for (const fault of errors.slice(0, most)) log.error(formatFault(fault))
    for (const fault of warnings.slice(0, most)) log.warn(formatFault(fault))
    const left = Math.max(0, errors.length - most) + Math.max(0, warnings.length - most)
    if (left > 0) log.warn(`content: ${left} more of them, run 'npm run content:check' to read all`)
  }
