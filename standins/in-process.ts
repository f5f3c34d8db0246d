import { randomBytes } from 'node:crypto'
import type { Config } from '../app/config/config.ts'
import { startStandIns as listen } from './stand-ins.ts'

const defaultPort = 8001
const defaultSmtpPort = 1025
// What app/config/development.ts starts from, and therefore nobody's choice.
const noAccounts = 'http://127.0.0.1:9'
const noSystem = 'outbox:'
const laptopToken = 'laptop'

/**
 * Starts the stand-ins in this process; the configuration with each outside system that is not set pointing
 * at its stand-in.
 */
export async function startStandIns(config: Config): Promise<Config> {
  const crmWebhookSecret = config.crmWebhookSecret || randomBytes(32).toString('base64url')
  const crmToken = config.crmToken || laptopToken
  const standIns = await listen(
    {
      host: '127.0.0.1',
      port: defaultPort,
      smtpPort: defaultSmtpPort,
      siteUrl: `http://127.0.0.1:${config.port}`,
      publicUrl: config.publicUrl,
      crmToken,
      crmWebhookSecret,
      accountsToken: config.accountsToken,
    },
    true,
  )
  announce(standIns.url, config)
  return {
    ...config,
    ...(config.crmUrl === noSystem && { crmUrl: standIns.url, crmToken, crmWebhookSecret }),
    ...(config.accountsUrl === noAccounts && { accountsUrl: standIns.url }),
    ...(config.mailUrl === noSystem && { mailUrl: standIns.mailUrl }),
  }
}

function announce(url: string, { environment }: Config): void {
  if (environment !== 'development') return
  process.stdout.write(`\n  Stand-ins for CRM, accounts and mail: ${url.replace('127.0.0.1', 'localhost')}\n`)
}
