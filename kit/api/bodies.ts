import { z } from 'zod'
import { strategies } from '../definition/model.ts'

const component = z.string().regex(/^[A-Za-z0-9][\w.-]{0,62}(?:\/[A-Za-z0-9][\w.-]{0,62})?$/)
const tag = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/)
const text = z.string().max(500)

/** Of changes that take the lock. */
const locking = {
  force: z.boolean().default(false),
  /** Seconds. */
  timeout: z.int().min(1).max(3600).optional(),
}

export const scaleBody = z
  .strictObject({
    component: component.optional(),
    instances: z.int().min(0).max(1000).optional(),
    direction: z.enum(['up', 'down']).optional(),
    ...locking,
  })
  .refine(({ instances, component }) => instances === undefined || component !== undefined, {
    message: 'a number of instances needs a component',
  })
  .refine(({ instances, direction }) => instances !== undefined || direction !== undefined, {
    message: 'needs "instances" or "direction"',
  })

export const componentsBody = z.strictObject({
  components: z.array(component).max(100).default([]),
  ...locking,
})

export const updateBody = z.strictObject({
  components: z
    .array(z.strictObject({ component, tag: tag.optional() }))
    .max(100)
    .default([]),
  strategy: z.enum(strategies).optional(),
  ...locking,
})

export const rollbackBody = z.strictObject({ release: z.int().min(1).optional(), ...locking })

/** The terms are as they are typed after `swarm canary start`. */
export const canaryBody = z.strictObject({
  component,
  tag,
  steps: text.optional(),
  hold: text.optional(),
  maxErrors: text.optional(),
  maxP95: text.optional(),
  allow: z.array(text).max(50).default([]),
  manual: z.boolean().default(false),
  checks: z.array(text).max(50).default([]),
  reason: text.optional(),
  detach: z.boolean().default(false),
  force: locking.force,
})

export const detachBody = z.strictObject({ detach: z.boolean().default(false) })

export const abortBody = z.strictObject({ reason: text.optional(), detach: z.boolean().default(false) })

export const splitBody = z.strictObject({ percent: z.number().min(0).max(100) })

export const noBody = z.strictObject({})
