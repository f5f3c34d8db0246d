import { hostname } from 'node:os'
import type { Defaults } from './config.ts'

/** What every environment starts from. */
export const base = {
  port: 8000,
  host: '0.0.0.0',
  metricsPort: 0,
  trustProxy: 'loopback, linklocal, uniquelocal',
  instance: hostname(),
  logLevel: 'info',
  contentDir: 'content',
  cacheDir: '.cache',
  invitesPerHour: 20,
  crmUrl: 'outbox:',
  crmToken: '',
  crmWebhookSecret: '',
  outboxDir: '.outbox',
  workerConcurrency: 50,
  operators: [],
  controlUrl: '',
  controlToken: '',
  standIns: false,
  pageMemoryMb: 32,
  watchByPolling: false,
} as const satisfies Partial<Defaults>
