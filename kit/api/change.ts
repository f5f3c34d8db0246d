import { sayCheck } from '../canary/check.ts'
import { Asked } from '../cli/asked.ts'
import { Failure } from '../failure.ts'
import { quote } from '../shell-line.ts'
import type { AuditEntry } from './audit.ts'
import type { Hearing } from './perform.ts'
import type { Api, Asking } from './route.ts'
import { type Task, thrownBy } from './tasks.ts'

/** A verb with what would be typed after it. */
export interface Change {
  readonly verb: string
  readonly words?: readonly string[]
  readonly options?: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
}

/** What a body says of the lock, as it would be typed. */
export const lockOptions = ({ force, timeout }: { force: boolean; timeout?: number | undefined }) => ({
  force,
  timeout: timeout?.toString(),
})

/** As it would be typed. */
export function commandOf({ verb, words = [], options = {} }: Change): string {
  const flags = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return []
    if (value === true) return [`--${name}`]
    // The query of a hook is for nobody who reads the audit trail.
    return [value].flat().map((one) => `--${name} ${quote(name === 'check' ? sayCheck(one) : one)}`)
  })
  return ['swarm', verb, ...words.map(quote), ...flags].join(' ')
}

export const authorOfApi = ({ token, origin: { behalf } }: Pick<Asking, 'token' | 'origin'>): string =>
  behalf === undefined ? `${token.name} (api)` : `${behalf} by ${token.name} (api)`

const askedOf = ({ words = [], options = {} }: Change): Asked => new Asked(words, { ...options, yes: true })

/** Makes a change, and answers when it is made. */
export async function changeNow(change: Change, operation: string, asking: Asking, api: Api): Promise<void> {
  const hearing: Hearing = { who: authorOfApi(asking), say() {}, complain() {} }
  const error = await thrownBy(() => api.perform(change.verb, askedOf(change), hearing))
  await api.audit.note({ ...entryOf(change, operation, asking, api), ...outcomeOf(error, change) })
  if (error !== undefined) throw error
}

/** Begins a change that takes long. It is in the audit trail before it does anything, and with its outcome. */
export function beginChange(change: Change, operation: string, asking: Asking, api: Api): Task {
  const note = (task: string, outcome: Outcome) =>
    api.audit.note({ ...entryOf(change, operation, asking, api), ...outcome, task })
  return api.tasks.begin({
    command: commandOf(change),
    who: authorOfApi(asking),
    request: asking.origin.request,
    begun: (id) => note(id, { outcome: 'begun' }),
    run: (hearing) => api.perform(change.verb, askedOf(change), hearing),
    over: (id, error) => note(id, outcomeOf(error, change)),
  })
}

type Outcome = Pick<AuditEntry, 'outcome' | 'detail'>

/** All that is known of a change before it is made. */
export const entryOf = (
  change: Change,
  operation: string,
  { token: { name, role }, origin }: Pick<Asking, 'token' | 'origin'>,
  { now }: Pick<Api, 'now'>,
): Omit<AuditEntry, 'outcome'> => ({
  when: now().toISOString(),
  who: name,
  role,
  ...origin,
  operation,
  command: commandOf(change),
})

function outcomeOf(error: unknown, { verb }: Change): Outcome {
  if (error === undefined) return { outcome: 'done' }
  const detail = error instanceof Error ? error.message : String(error)
  // The command ends with 1 wherever a canary was taken back, also where somebody wanted that.
  const isWanted = verb === 'canary abort' && error instanceof Failure && error.kind === 'rolled back'
  return { outcome: isWanted ? 'done' : 'failed', detail }
}
