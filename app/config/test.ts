import type { Defaults } from './config.ts'
import { development } from './development.ts'

/** What the tests run: development without its watchers, silent, on any free port. */
export const test: Defaults = {
  ...development,
  environment: 'test',
  port: 0,
  host: '127.0.0.1',
  release: 'test',
  logLevel: 'silent',
  standIns: false,
  liveReload: false,
}
