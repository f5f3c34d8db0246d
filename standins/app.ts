import express, { type Express } from 'express'
import { accountsApi } from './accounts/accounts.ts'
import { crmApi } from './crm/crm.ts'
import { page } from './page/page.ts'
import type { StandInSettings } from './settings.ts'
import type { StandInParts } from './stand-in-parts.ts'
import { testApi } from './test-api.ts'

/** CRM, account system and the page that shows what arrived; each under the addresses of the real one. */
export function createStandInApp(parts: StandInParts, settings: StandInSettings): Express {
  const { contacts, faults, book } = parts
  const app = express()
  app.disable('x-powered-by').set('etag', false)
  app.get('/healthz', (_req, res) => void res.type('text/plain').send('ok\n'))
  app.use('/crm/v3/objects/contacts', crmApi({ contacts, faults, token: settings.crmToken }))
  app.use('/v1', accountsApi({ book, faults, token: settings.accountsToken }))
  app.use('/_standins', testApi(parts))
  app.use(page(parts))
  return app
}
