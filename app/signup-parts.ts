import type { AccountsClient } from './accounts/accounts-client.ts'
import type { Config } from './config/config.ts'
import type { TaskQueue } from './deliveries/task-queue.ts'
import type { InviteStore } from './invites/invite-store.ts'
import type { Limits } from './limits/limits.ts'
import type { Log } from './logging/log.ts'
import type { Site } from './pages/site.ts'

/** What the pages of the signup stand on. */
export interface SignupParts {
  readonly config: Config
  readonly log: Log
  readonly site: () => Site
  readonly queue: TaskQueue
  readonly invites: InviteStore
  readonly limits: Limits
  readonly accounts: AccountsClient
}
