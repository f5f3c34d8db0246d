import { randomBytes } from 'node:crypto'
import { cacheFolder, pagesFolder } from './content.ts'

const secret = (): string => randomBytes(32).toString('hex')

/** Production's settings for webapp and worker; outside systems that nothing asks are nowhere. */
export const signupSettings = (stores: { cache: string; queue: string }) => ({
  NODE_ENV: 'production',
  RELEASE: 'bench',
  PUBLIC_URL: 'http://localhost',
  CONTENT_DIR: pagesFolder(),
  CACHE_DIR: cacheFolder('pages'),
  CACHE_URL: stores.cache,
  SESSIONS_URL: stores.cache,
  SESSION_SECRETS: secret(),
  QUEUE_URL: stores.queue,
  SIGNUP_SECRETS: secret(),
  // One address sends all that a benchmark sends.
  INVITES_PER_HOUR: '1000000',
  ACCOUNTS_URL: 'http://127.0.0.1:9',
  ACCOUNTS_TOKEN: 'of no account system',
  CRM_TOKEN: 'of no CRM',
  MAIL_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'Dogfood <hello@dogfood.test>',
  DRAIN_SECONDS: '0',
})
