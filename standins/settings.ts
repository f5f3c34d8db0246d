/** What the stand-ins can be told from outside. */
export interface StandInSettings {
  readonly host: string
  readonly port: number
  readonly smtpPort: number
  /** Where the site is called. */
  readonly siteUrl: string
  /** Where visitors reach the site: webhooks are signed for this address. */
  readonly publicUrl: string
  readonly crmToken: string
  /** Empty: the CRM sends no webhooks. */
  readonly crmWebhookSecret: string
  readonly accountsToken: string
}

/** Reads the environment; the defaults are those of docker-compose.yml. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): StandInSettings {
  const text = (name: string, otherwise: string) => environment[name] || otherwise
  return {
    host: text('HOST', '0.0.0.0'),
    port: portIn('PORT', text('PORT', '8001')),
    smtpPort: portIn('SMTP_PORT', text('SMTP_PORT', '1025')),
    siteUrl: text('SITE_URL', 'http://webapp:8000'),
    publicUrl: text('PUBLIC_URL', 'http://localhost:8080'),
    crmToken: text('CRM_TOKEN', 'laptop'),
    crmWebhookSecret: text('CRM_WEBHOOK_SECRET', 'laptop'),
    accountsToken: text('ACCOUNTS_TOKEN', 'laptop'),
  }
}

function portIn(name: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
  throw new Error(`${name} is ${JSON.stringify(value)}: set it to a port, from 0 (any free one) to 65535.`)
}
