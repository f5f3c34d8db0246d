import type { OutsideSystem } from '../outside/outside-error.ts'
import type { Circuit } from './circuit.ts'
import type { DeliveryParts } from './start-deliveries.ts'
import type { TaskOf, WorkKind } from './task.ts'
import type { Attempt } from './task-queue.ts'

export interface HandlerParts
  extends Pick<
    DeliveryParts,
    'config' | 'queue' | 'invites' | 'crm' | 'accounts' | 'mailer' | 'render' | 'siteName'
  > {
  /** Every call to an outside system goes through its circuit. */
  readonly circuits: Readonly<Record<OutsideSystem, Circuit>>
}

/** Does a task; it may be done again after any of its steps, so each step is one that may be repeated. */
export type Handler<Kind extends WorkKind> = (
  task: TaskOf<Kind>,
  attempt: Pick<Attempt, 'addedAt'>,
) => Promise<void>
export type Handlers = { readonly [Kind in WorkKind]: Handler<Kind> }
