import { openAccounts } from '../accounts/open-accounts.ts'
import { openCrm } from '../crm/open-crm.ts'
import { openTaskQueue } from '../deliveries/open-task-queue.ts'
import { startDeliveries } from '../deliveries/start-deliveries.ts'
import { crmHookHandlers } from '../hooks/crm-hook.ts'
import { inviteHandlers } from '../invites/invite-pages.ts'
import { openInviteStore } from '../invites/open-invite-store.ts'
import { openLimits } from '../limits/open-limits.ts'
import { openMailer } from '../mail/open-mailer.ts'
import { operatorHandlers } from '../operators/operator-pages.ts'
import { siteFacts } from '../pages/site-facts.ts'
import type { OpenedSignup, SignupSideParts } from '../signup-side.ts'
import { stepHandlers } from './signup-pages.ts'

/** Opens the stores and clients of the signup and makes its pages. */
export async function openSignup({ config, log, site, topSearches }: SignupSideParts): Promise<OpenedSignup> {
  const [queue, invites, limits] = await Promise.all([
    openTaskQueue(config.queueUrl),
    openInviteStore(config.queueUrl),
    openLimits(config),
  ])
  const accounts = openAccounts(config)
  // A queue in memory has no other process to work it off.
  const worker =
    config.queueUrl === 'memory:'
      ? startDeliveries({
          config,
          log,
          queue,
          invites,
          accounts,
          crm: openCrm(config),
          mailer: openMailer(config),
          render: (template, context) => site().renderer.render(template, context),
          siteName: () => siteFacts(site()).name,
        })
      : undefined
  const parts = { config, log, site, queue, invites, limits, accounts }
  return {
    handlers: {
      ...inviteHandlers(parts),
      ...stepHandlers(parts),
      ...crmHookHandlers(parts),
      ...operatorHandlers({ ...parts, topSearches }),
    },
    queueState: queue.state,
    async close() {
      await worker?.stop()
      await Promise.all([queue.close(), invites.close(), limits.close(), accounts.close()])
    },
  }
}
