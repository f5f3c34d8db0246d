import { base } from './base.ts'
import type { Defaults } from './config.ts'

/** A laptop with nothing but Node: stores in memory, drafts shown, files watched. */
export const development: Defaults = {
  ...base,
  environment: 'development',
  publicUrl: 'http://localhost:8000',
  release: 'development',
  drainSeconds: 0,
  cacheUrl: 'memory:',
  sessionsUrl: 'memory:',
  sessionSecrets: ['this secret signs nothing but a laptop'],
  drafts: true,
  liveReload: true,
  serveFiles: true,
}
