import { type DestinationStream, type Logger, pino } from 'pino'
import type { Config } from '../config/config.ts'
import { logTime } from './log-time.ts'
import { scrub } from './scrub.ts'
import { standardOutput } from './standard-output.ts'

export type Log = Logger

/** JSON lines on stdout, each with its release and instance, each scrubbed of private data. */
export function createLog(
  { logLevel, release, instance }: Pick<Config, 'logLevel' | 'release' | 'instance'>,
  stream: DestinationStream = standardOutput(),
): Log {
  return pino(
    {
      level: logLevel,
      base: { release, instance },
      timestamp: logTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: scrub },
    },
    stream,
  )
}
