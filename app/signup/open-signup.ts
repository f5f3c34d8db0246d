import { openAccounts } from '../accounts/open-accounts.ts'
import { worstOf } from '../cache/page-store.ts'
import { openTaskQueue } from '../deliveries/open-task-queue.ts'
import { crmHookHandlers } from '../hooks/crm-hook.ts'
import { inviteHandlers } from '../invites/invite-pages.ts'
import { openInviteStore } from '../invites/open-invite-store.ts'
import { openLimits } from '../limits/open-limits.ts'
import { operatorHandlers } from '../operators/operator-pages.ts'
import type { OpenedSignup, SignupSideParts } from '../signup-side.ts'
import { stepHandlers } from './signup-pages.ts'

/** Opens the stores and clients of the signup and makes its pages. */
export async function openSignup({ config, log, site, topSearches }: SignupSideParts): Promise<OpenedSignup> {
  const [queue, invites, limits] = await Promise.all([
    openTaskQueue(config.queueUrl),
    openInviteStore(config.queueUrl),
    openLimits(config),
  ])
  const parts = { config, log, site, queue, invites, limits, accounts: openAccounts(config) }
  const worker =
    config.queueUrl === 'memory:'
      ? (await import('../deliveries/start-beside-site.ts')).startBesideSite(parts)
      : undefined
  return {
    handlers: {
      ...inviteHandlers(parts),
      ...stepHandlers(parts),
      ...crmHookHandlers(parts),
      ...operatorHandlers({ ...parts, topSearches }),
    },
    queue,
    queueState: () => worstOf(queue.state(), invites.state()),
    async close() {
      await worker?.stop()
      await Promise.all([queue.close(), invites.close(), limits.close(), parts.accounts.close()])
    },
  }
}
