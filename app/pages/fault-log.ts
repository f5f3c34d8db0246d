import { type Fault, formatFault } from '../content/fault.ts'
import type { Log } from '../logging/log.ts'

const most = 20

/** Logs what is wrong somewhere, by the name of the place, errors first: what it has told there before only once it has changed. */
export type FaultLog = (place: string, faults: readonly Fault[]) => void

const logs = new WeakMap<object, FaultLog>()

/** The one for a log. Of many faults it tells only the first: `content:check` has them all. */
export function faultLog(log: Pick<Log, 'error' | 'warn'>): FaultLog {
  const known = logs.get(log) ?? newFaultLog(log)
  logs.set(log, known)
  return known
}

function newFaultLog(log: Pick<Log, 'error' | 'warn'>): FaultLog {
  const told = new Map<string, ReadonlySet<string>>()
  return (place, faults) => {
    const before = told.get(place)
    told.set(place, new Set(faults.map(formatFault)))
    const isNew = (fault: Fault) => !before?.has(formatFault(fault))
    const errors = faults.filter(({ severity }) => severity === 'error').filter(isNew)
    const warnings = faults.filter(({ severity }) => severity === 'warning').filter(isNew)
    for (const fault of errors.slice(0, most)) log.error(formatFault(fault))
    for (const fault of warnings.slice(0, most)) log.warn(formatFault(fault))
    const left = Math.max(0, errors.length - most) + Math.max(0, warnings.length - most)
    if (left > 0) log.warn(`content: ${left} more of them, run 'npm run content:check' to read all`)
  }
}
