import { type Config, logLevels } from './config.ts'
import {
  type Form,
  flag,
  mailServer,
  oneOf,
  operatorEntries,
  outsideSystem,
  seconds,
  secrets,
  sender,
  store,
  text,
  trustedProxies,
  webAddress,
  wholeNumber,
} from './forms.ts'

export interface Setting<T = unknown> {
  /** What it is for, as `.env.example` and the docs say it. */
  readonly reason: string
  readonly variable: string
  readonly form: Form<T>
  /** Never printed, not even when it is wrong. */
  readonly secret?: true
}

/** Every setting but NODE_ENV, which picks the defaults: its variable, its form and its reason. */
export const settings: { readonly [Key in Exclude<keyof Config, 'environment'>]: Setting<Config[Key]> } = {
  port: {
    variable: 'PORT',
    form: wholeNumber(0, 65_535),
    reason: 'Port to listen on; 0 takes any free one.',
  },
  host: { variable: 'HOST', form: text, reason: 'Address to listen on.' },
  metricsPort: {
    variable: 'METRICS_PORT',
    form: wholeNumber(0, 65_535),
    reason: 'Port of /metrics for Prometheus, for no visitor to reach; 0 has none. The image sets 9100.',
  },
  publicUrl: {
    variable: 'PUBLIC_URL',
    form: webAddress,
    reason: 'Where visitors reach the site: canonical links use it, and https makes cookies Secure.',
  },
  trustProxy: {
    variable: 'TRUST_PROXY',
    form: trustedProxies,
    reason: 'Addresses whose X-Forwarded headers are believed: the next hop, nobody else.',
  },
  release: {
    variable: 'RELEASE',
    form: text,
    reason: 'Name of the running release: it is in every log line and in the key of every cached page.',
  },
  instance: {
    variable: 'INSTANCE',
    form: text,
    reason: 'Name of this copy of the site in logs; the host name unless set.',
  },
  logLevel: { variable: 'LOG_LEVEL', form: oneOf(logLevels), reason: 'Least severe level that is logged.' },
  drainSeconds: {
    variable: 'DRAIN_SECONDS',
    form: seconds(600),
    reason: 'How long to keep serving after "not ready": longer than the balancer needs to notice.',
  },
  contentDir: {
    variable: 'CONTENT_DIR',
    form: text,
    reason: 'Folder of Markdown and YAML to serve.',
  },
  cacheDir: {
    variable: 'CACHE_DIR',
    form: text,
    reason: 'Folder for what is derived from the sources, so that a start need not derive it again.',
  },
  cacheUrl: {
    variable: 'CACHE_URL',
    form: store,
    reason: 'Page cache, shared by all instances; it may vanish at any time. Production refuses memory:.',
    secret: true,
  },
  sessionsUrl: {
    variable: 'SESSIONS_URL',
    form: store,
    reason:
      'Session store, apart from the cache so that eviction signs nobody out. Production refuses memory:.',
    secret: true,
  },
  sessionSecrets: {
    variable: 'SESSION_SECRETS',
    form: secrets,
    reason:
      'Sign the session cookie, newest first; add one in front, drop the last after a session lifetime.',
    secret: true,
  },
  queueUrl: {
    variable: 'QUEUE_URL',
    form: store,
    reason:
      'Signups not yet delivered, and the invites: a Redis that writes every change to disk at once. Production refuses memory:.',
    secret: true,
  },
  signupSecrets: {
    variable: 'SIGNUP_SECRETS',
    form: secrets,
    reason:
      'Sign invite links and forms, newest first; add one in front, drop the last a week later, and no link that was sent dies.',
    secret: true,
  },
  invitesPerHour: {
    variable: 'INVITES_PER_HOUR',
    form: wholeNumber(1, 1_000_000),
    reason: 'Invite requests that one client address may send in an hour.',
  },
  crmUrl: {
    variable: 'CRM_URL',
    form: outsideSystem,
    reason:
      'API of the CRM, such as https://api.hubapi.com; outbox: writes what would be sent to OUTBOX_DIR.',
  },
  crmToken: {
    variable: 'CRM_TOKEN',
    form: text,
    reason: 'Access token of a private app of the CRM.',
    secret: true,
  },
  crmWebhookSecret: {
    variable: 'CRM_WEBHOOK_SECRET',
    form: text,
    reason:
      'Client secret with which the CRM signs what it sends to /hooks/crm; without one, nothing is taken.',
    secret: true,
  },
  accountsUrl: {
    variable: 'ACCOUNTS_URL',
    form: webAddress,
    reason: 'API of the account system, as docs/accounts-api.yaml describes it.',
  },
  accountsToken: {
    variable: 'ACCOUNTS_TOKEN',
    form: text,
    reason: 'Access token of the account system.',
    secret: true,
  },
  mailUrl: {
    variable: 'MAIL_URL',
    form: mailServer,
    reason: 'Where mail is handed in, such as smtps://USER:PASSWORD@HOST; outbox: writes it to OUTBOX_DIR.',
    secret: true,
  },
  mailFrom: {
    variable: 'MAIL_FROM',
    form: sender,
    reason: 'Whom mail is from: an address, or a name and behind it the address in angle brackets.',
  },
  outboxDir: {
    variable: 'OUTBOX_DIR',
    form: text,
    reason: 'Folder for what outbox: keeps from an outside system.',
  },
  workerConcurrency: {
    variable: 'WORKER_CONCURRENCY',
    form: wholeNumber(1, 1000),
    reason: 'Deliveries that one worker has under way at a time, for each outside system.',
  },
  operators: {
    variable: 'OPERATORS',
    form: operatorEntries,
    reason: 'Who may sign in at /admin, a line each, as npm run operator -- add NAME makes them.',
    secret: true,
  },
  controlUrl: {
    variable: 'CONTROL_URL',
    form: webAddress,
    reason: 'API of control, such as http://control:8408, for the page /console; without one it has none.',
  },
  controlToken: {
    variable: 'CONTROL_TOKEN',
    form: text,
    reason: 'Token of the console, as npm run secrets makes it and its line in control_tokens.',
    secret: true,
  },
  standIns: {
    variable: 'STAND_INS',
    form: flag,
    reason: 'Run stand-ins for CRM, account system and mail in this process, where nothing else is set.',
  },
  pageMemoryMb: {
    variable: 'PAGE_MEMORY_MB',
    form: wholeNumber(0, 65_536),
    reason: 'Megabytes of finished pages kept in the process, in front of the page cache; 0 keeps none.',
  },
  drafts: { variable: 'DRAFTS', form: flag, reason: 'Show pages whose front matter says draft: true.' },
  liveReload: {
    variable: 'LIVE_RELOAD',
    form: flag,
    reason: 'Watch the sources, refresh open browsers, and show faults of the content in the page.',
  },
  watchByPolling: {
    variable: 'WATCH_BY_POLLING',
    form: flag,
    reason: 'Look for changes every 100 ms, where a bind mount sends no change events.',
  },
  serveFiles: {
    variable: 'SERVE_FILES',
    form: flag,
    reason: 'Serve the icons and other files of the root from the application, where no nginx does.',
  },
}
