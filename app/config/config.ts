/** Everything the site can be told from outside; one value object, made once per process. */
export interface Config {
  readonly environment: 'development' | 'production' | 'test'
  readonly port: number
  readonly host: string
  /** Port of `/metrics`, for Prometheus; 0 for none. */
  readonly metricsPort: number
  /** Where visitors reach the site; `https:` makes cookies Secure. */
  readonly publicUrl: string
  /** Whose `X-Forwarded-*` headers are believed, in Express's own notation. */
  readonly trustProxy: string
  readonly release: string
  readonly instance: string
  readonly logLevel: LogLevel
  /** Seconds of service after "not ready", so that the balancer notices before the last request. */
  readonly drainSeconds: number
  readonly contentDir: string
  readonly cacheDir: string
  /** Page cache: `redis://…` or `memory:`. */
  readonly cacheUrl: string
  /** Sessions: `redis://…` or `memory:`. */
  readonly sessionsUrl: string
  /** Newest first: the first signs, all verify. */
  readonly sessionSecrets: readonly string[]
  /** Signups not yet delivered, and the invites: `redis://…` or `memory:`. */
  readonly queueUrl: string
  /** Newest first: the first signs invite links and forms, all verify. */
  readonly signupSecrets: readonly string[]
  /** Invite requests that one client address may send in an hour. */
  readonly invitesPerHour: number
  /** The CRM's API, or `outbox:` for a file. */
  readonly crmUrl: string
  readonly crmToken: string
  /** Signs what the CRM tells us; empty when it tells us nothing. */
  readonly crmWebhookSecret: string
  /** The account system's API. */
  readonly accountsUrl: string
  readonly accountsToken: string
  /** Where mail is handed in: `smtp://…`, `smtps://…`, or `outbox:` for files. */
  readonly mailUrl: string
  /** Whom mail is from, as `Name <address>` or an address alone. */
  readonly mailFrom: string
  /** Folder for what goes to no outside system. */
  readonly outboxDir: string
  /** Deliveries that one worker has under way at a time, for each system. */
  readonly workerConcurrency: number
  /** Who may sign in at /admin. */
  readonly operators: readonly OperatorEntry[]
  /** Control's API, for the console; empty where there is none. */
  readonly controlUrl: string
  readonly controlToken: string
  /** Run the stand-ins for CRM, accounts and mail in this process. */
  readonly standIns: boolean
  /** Megabytes of finished pages kept in the process. */
  readonly pageMemoryMb: number
  /** Show pages whose front matter calls them drafts. */
  readonly drafts: boolean
  /** Watch files, tell open browsers, show content faults in the page. */
  readonly liveReload: boolean
  /** Look for changes by polling, for bind mounts that send no events. */
  readonly watchByPolling: boolean
  /** Serve `/static` and the root files, which nginx does in production. */
  readonly serveFiles: boolean
}

export interface OperatorEntry {
  readonly name: string
  /** `scrypt$N$r$p$salt$hash`, the last two as base64url. */
  readonly passwordHash: string
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A value that must come from the operator is `undefined` in its environment's object. */
export type Defaults = { readonly [Key in keyof Config]: Config[Key] | undefined }
