import { base } from './base.ts'
import type { Defaults } from './config.ts'

/** Behind nginx, any number of instances; what is undefined must be set by the operator. */
export const production: Defaults = {
  ...base,
  environment: 'production',
  publicUrl: undefined,
  release: undefined,
  drainSeconds: 5,
  cacheUrl: undefined,
  sessionsUrl: undefined,
  sessionSecrets: undefined,
  queueUrl: undefined,
  signupSecrets: undefined,
  accountsUrl: undefined,
  accountsToken: undefined,
  mailUrl: undefined,
  mailFrom: undefined,
  drafts: false,
  liveReload: false,
  serveFiles: false,
}
