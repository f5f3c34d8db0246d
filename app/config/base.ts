import { hostname } from 'node:os'
import type { Defaults } from './config.ts'

/** What every environment starts from. */
export const base = {
  port: 8000,
  host: '0.0.0.0',
  trustProxy: 'loopback, linklocal, uniquelocal',
  instance: hostname(),
  logLevel: 'info',
  contentDir: 'content',
  cacheDir: '.cache',
  pageMemoryMb: 32,
  watchByPolling: false,
} as const satisfies Partial<Defaults>
