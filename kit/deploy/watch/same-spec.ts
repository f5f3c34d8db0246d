import { isDeepStrictEqual } from 'node:util'

type Json = Readonly<Record<string, unknown>>

// Where a task is placed does not make it old while its node still fits; and the runtime is only told of services.
const NOT_COMPARED = new Set(['Placement', 'Runtime'])

// What `docker service inspect` fills in, and `docker inspect --type task` does not.
const FILLED_IN = new Set(['RestartPolicy', 'StopGracePeriod', 'DNSConfig'])

/** Whether a task was made from what its service says. */
export function isMadeFrom(task: object, template: object): boolean {
  return same(task as Json, template as Json)
}

function same(task: Json, service: Json): boolean {
  const keys = new Set([...Object.keys(task), ...Object.keys(service)])
  return [...keys].every((key) => {
    if (NOT_COMPARED.has(key)) return true
    if (FILLED_IN.has(key) && (task[key] === undefined || isEmpty(task[key]))) return true
    if (key === 'ContainerSpec') return same((task[key] ?? {}) as Json, (service[key] ?? {}) as Json)
    if (key === 'RestartPolicy') return within(task[key] as Json, service[key] as Json)
    return isDeepStrictEqual(task[key], service[key])
  })
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && Object.keys(value ?? {}).length === 0

const within = (part: Json, whole: Json = {}): boolean =>
  Object.entries(part).every(([key, value]) => isDeepStrictEqual(value, whole[key]))
