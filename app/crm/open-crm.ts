import type { Config } from '../config/config.ts'
import type { CrmClient } from './crm-client.ts'
import { createHubspotClient } from './hubspot-client.ts'
import { createOutboxCrm } from './outbox-crm.ts'

/** The client that the configuration names. */
export const openCrm = ({
  crmUrl,
  crmToken,
  outboxDir,
}: Pick<Config, 'crmUrl' | 'crmToken' | 'outboxDir'>): CrmClient =>
  crmUrl === 'outbox:' ? createOutboxCrm(outboxDir) : createHubspotClient(crmUrl, crmToken)
