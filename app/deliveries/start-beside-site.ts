import { openCrm } from '../crm/open-crm.ts'
import { openMailer } from '../mail/open-mailer.ts'
import { siteFacts } from '../pages/site-facts.ts'
import type { SignupParts } from '../signup-parts.ts'
import { type Deliveries, startDeliveries } from './start-deliveries.ts'
import type { ConsumableQueue } from './task-queue.ts'

/** Works off a queue in memory, which no other process can reach, beside the website. */
export const startBesideSite = (parts: SignupParts & { readonly queue: ConsumableQueue }): Deliveries =>
  startDeliveries({
    ...parts,
    crm: openCrm(parts.config),
    mailer: openMailer(parts.config),
    render: (template, context) => parts.site().renderer.render(template, context),
    siteName: () => siteFacts(parts.site()).name,
  })
