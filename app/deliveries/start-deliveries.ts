import type { AccountsClient } from '../accounts/accounts-client.ts'
import type { Config } from '../config/config.ts'
import type { CrmClient } from '../crm/crm-client.ts'
import type { InviteStore } from '../invites/invite-store.ts'
import type { Log } from '../logging/log.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { TaskQueue } from './task-queue.ts'

export interface DeliveryParts {
  readonly config: Config
  readonly log: Log
  readonly queue: TaskQueue
  readonly invites: InviteStore
  readonly crm: CrmClient
  readonly accounts: AccountsClient
  readonly mailer: Mailer
  /** Renders a template of app/views. */
  readonly render: (template: string, context: object) => string
}

export interface Deliveries {
  /** Finishes or hands back what is under way, and closes the clients it was given. */
  stop(): Promise<void>
}

/** Works off the queue that `config.queueUrl` names. */
export function startDeliveries(_parts: DeliveryParts): Deliveries {
  return { stop: async () => {} }
}
