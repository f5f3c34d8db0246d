import { z } from 'zod'
import { Failure } from '../failure.ts'
import { canarySchema, FORMAT } from './canary-schema.ts'
import type { Canary } from './state.ts'

/** Its name in the swarm, where each name exists only once: who makes it first has written state `number`. */
export const stateName = (stack: string, number: number): string => `${stack}_canary-${number}`

/** A canary as the content of a Swarm config. Throws a Failure for one that decodeCanary would not take. */
export function encodeCanary(state: Canary): string {
  // A control of before can go on with a canary without checks.
  const text = JSON.stringify({ format: state.checks ? FORMAT : 1, ...state })
  decodeCanary(text)
  return text
}

/** The canary that a config holds. Throws a Failure for one of a newer kit, and for what is none. */
export function decodeCanary(text: string): Canary {
  const value = parsed(text)
  const { format } = z.object({ format: z.number() }).safeParse(value).data ?? {}
  if (format !== undefined && format > FORMAT) throw newer(format)
  const read = canarySchema.safeParse(value)
  if (!read.success) throw broken(read.error.issues.map(({ path }) => path.join('.') || 'all of it'))
  const { format: _, ...state } = read.data
  return state
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw broken(['all of it'])
  }
}

const newer = (format: number): Failure =>
  new Failure(
    'refused',
    `The state of the canary was written by a newer kit: it has format ${format}, and this kit reads ${FORMAT}.`,
    'Use the kit that began the canary, or a newer one.',
  )

const broken = (places: readonly string[]): Failure =>
  new Failure(
    'failed',
    `The state of the canary cannot be read: ${[...new Set(places)].join(', ')}.`,
    'Remove its newest config, so that the state before counts, or remove the canary and begin another one.',
  )
