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
  queueUrl: 'memory:',
  signupSecrets: ['this secret signs links on a laptop'],
  accountsUrl: 'http://127.0.0.1:9',
  accountsToken: 'laptop',
  mailUrl: 'outbox:',
  mailFrom: 'Dogfood <hello@localhost>',
  // The password is "operator", and its hash a cheap one.
  operators: [
    {
      name: 'operator',
      passwordHash: 'scrypt$16384$8$1$QR9FmEJn41hU1Q8yoAhC6g$G5sSMSTL5_FnkMqkwBxbxewz5nBwetYWo-lEiPnCaeU',
    },
  ],
  standIns: true,
  drafts: true,
  liveReload: true,
  serveFiles: true,
}
