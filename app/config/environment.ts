import type { Config } from './config.ts'
import { readConfig } from './read.ts'

/**
 * The configuration of this process; the one place that reads its environment.
 * @throws ConfigError
 */
export const loadConfig = (): Config => readConfig(process.env)
