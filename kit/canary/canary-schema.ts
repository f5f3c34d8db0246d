import { z } from 'zod'
import { readAllowRule, sayAllowRule } from './allow-rule.ts'
import { MOST_CHECKS, readCheck } from './check.ts'
import { isShare } from './share.ts'

/** Grows with each change of the form that a kit of before could not read. */
export const FORMAT = 2

const time = z.iso.datetime()
const share = z.number().refine(isShare)
const index = z.int().nonnegative()
const cause = { reason: z.string(), evidence: z.array(z.string()) }

const phase = z.union([
  z.strictObject({ kind: z.literal('starting') }),
  z.strictObject({ kind: z.literal('stepping'), index, since: time }),
  z.strictObject({ kind: z.literal('holding'), since: time }),
  z.strictObject({ kind: z.literal('paused'), share, index, since: time }),
  z.strictObject({ kind: z.literal('promoting'), since: time }),
  z.strictObject({ kind: z.literal('aborting'), since: time, ...cause }),
  z.strictObject({ kind: z.literal('ended'), result: z.literal('promoted'), since: time }),
  z.strictObject({ kind: z.literal('ended'), result: z.literal('aborted'), since: time, ...cause }),
])

// What could not have been typed is none: it would end in the configuration of nginx.
const allowRule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('address'), address: z.string(), bits: z.int() }),
    z.strictObject({ kind: z.enum(['cookie', 'header']), name: z.string(), value: z.string() }),
  ])
  .refine((rule) => readAllowRule(sayAllowRule(rule)) !== undefined)

const steps = z
  .array(share.positive())
  .refine((all) => all.at(-1) === 100 && all.every((step, at) => at === 0 || step > (all[at - 1] ?? 0)))

/** A canary in the swarm's store, whole and with nothing that this kit does not know. */
export const canarySchema = z
  .strictObject({
    format: z.literal([1, FORMAT]),
    id: z.string().regex(/^[A-Za-z0-9-]{1,32}$/),
    component: z.string().min(1),
    image: z.string().regex(/^\S+@sha256:[0-9a-f]{64}$/),
    from: z.int().nonnegative(),
    who: z.string(),
    why: z.string(),
    begun: time,
    steps,
    holdMs: z.int().positive(),
    limits: z.strictObject({ errorsPercent: share, p95Factor: z.number().min(1) }),
    allow: z.array(allowRule),
    manual: z.boolean(),
    checks: z
      .array(z.string().refine((text) => readCheck(text) !== undefined))
      .max(MOST_CHECKS)
      .optional(),
    salt: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
    phase,
  })
  .refine(({ steps, phase }) => !('index' in phase) || phase.index < steps.length, {
    path: ['phase', 'index'],
  })
