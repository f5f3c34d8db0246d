import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'
import type { Config } from '../config/config.ts'
import { scrub } from './scrub.ts'

export type Log = Logger

const flushMilliseconds = 1000
const bufferBytes = 60_000

/** JSON lines on stdout, each with its release and instance, each scrubbed of private data. */
export function createLog(
  { logLevel, release, instance }: Pick<Config, 'logLevel' | 'release' | 'instance'>,
  stream: DestinationStream = standardOutput(),
): Log {
  return pino(
    {
      level: logLevel,
      base: { release, instance },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: scrub },
    },
    stream,
  )
}

/** Lines are written in batches, at the latest after a second and before the process ends. */
function standardOutput(): DestinationStream {
  const stream = destination({ dest: 1, sync: false, minLength: bufferBytes, maxWrite: 65_536 })
  setInterval(() => stream.flush(), flushMilliseconds).unref()
  process.on('exit', () => stream.flushSync())
  return stream
}
