import { z } from 'zod'

// Of docs/control-api.yaml, what the pages show. A control of a later release may say more.

const component = z.object({
  component: z.string(),
  kind: z.string(),
  state: z.string(),
  wanted: z.number(),
  running: z.number(),
  nodes: z.record(z.string(), z.number()),
  image: z.string(),
  health: z.string(),
  faults: z.array(z.object({ instance: z.number(), node: z.string(), why: z.string(), task: z.string() })),
  update: z.string().optional(),
  release: z.number().optional(),
})

export const appAnswer = z.object({
  stack: z.string(),
  state: z.string(),
  components: z.array(component),
  release: z.object({ number: z.number() }).optional(),
  nodes: z.object({ ready: z.number(), all: z.number(), away: z.array(z.string()) }),
  lock: z.string().optional(),
  canary: z.object({ component: z.string() }).optional(),
})

export const appsAnswer = z.array(z.object({ app: z.string(), environment: z.string() })).min(1)

export const instancesAnswer = z.array(
  z.object({
    component: z.string(),
    kind: z.string(),
    instance: z.number(),
    node: z.string(),
    state: z.string(),
    wanted: z.string(),
    since: z.string(),
    image: z.string(),
    task: z.string(),
  }),
)

export const releasesAnswer = z.array(
  z.object({
    number: z.number(),
    when: z.string(),
    who: z.string(),
    reason: z.string(),
    current: z.boolean(),
    canaries: z
      .array(z.object({ name: z.string(), result: z.string().optional(), reason: z.string().optional() }))
      .default([]),
  }),
)

const phase = z.object({
  kind: z.string(),
  result: z.string().optional(),
  reason: z.string().optional(),
  evidence: z.array(z.string()).optional(),
  index: z.number().optional(),
  since: z.string().optional(),
})

export const canaryAnswer = z
  .object({
    id: z.string(),
    component: z.string(),
    image: z.string(),
    from: z.number(),
    who: z.string(),
    why: z.string(),
    steps: z.array(z.number()),
    share: z.number(),
    manual: z.boolean().default(false),
    phase,
    history: z.array(z.object({ number: z.number(), when: z.string(), who: z.string(), said: z.string() })),
    checks: z.array(z.string()).default([]),
    waitsFor: z.string().optional(),
    table: z.string().optional(),
  })
  .nullable()

export const chartAnswer = z.object({ chart: z.string() })

const task = z.object({
  id: z.string(),
  command: z.string(),
  who: z.string(),
  begun: z.string(),
  ended: z.string().optional(),
  state: z.enum(['running', 'done', 'failed']),
  problem: z.object({ detail: z.string(), todo: z.string().optional() }).optional(),
})

export const tasksAnswer = z.array(task)

export const taskAnswer = task.extend({ lines: z.array(z.object({ to: z.string(), text: z.string() })) })

export const splitAnswer = z.object({ phase: z.string(), id: z.string().optional() })

export const logLine = z.union([
  z.object({
    component: z.string(),
    instance: z.number(),
    node: z.string(),
    time: z.string(),
    stream: z.string(),
    text: z.string(),
  }),
  z.object({ notice: z.string() }),
])

export const problemAnswer = z.object({
  detail: z.string(),
  code: z.string(),
  todo: z.string().optional(),
  lines: z.array(z.string()).optional(),
})

export type AppSeen = z.infer<typeof appAnswer>
export type ComponentSeen = AppSeen['components'][number]
export type InstanceSeen = z.infer<typeof instancesAnswer>[number]
export type ReleaseSeen = z.infer<typeof releasesAnswer>[number]
export type CanarySeen = NonNullable<z.infer<typeof canaryAnswer>>
export type TaskSeen = z.infer<typeof taskAnswer>
export type SplitSeen = z.infer<typeof splitAnswer>
export type LogLine = z.infer<typeof logLine>
