import { type DestinationStream, destination } from 'pino'

const flushMilliseconds = 1000
const batchCharacters = 30_000

/** Standard output for log lines: written in batches, at the latest after a second and before the process ends. */
export function standardOutput(): DestinationStream & { flush(): void; flushSync(): void } {
  const output = destination({ dest: 1, sync: false })
  // The destination's own batches measure all that is waiting at each line, which costs more than making the line.
  let batch = ''
  const flush = () => {
    if (batch !== '') output.write(batch)
    batch = ''
  }
  const flushSync = () => {
    flush()
    output.flushSync()
  }
  setInterval(flush, flushMilliseconds).unref()
  process.on('exit', flushSync)
  return {
    write(line) {
      batch += line
      if (batch.length >= batchCharacters) flush()
    },
    flush,
    flushSync,
  }
}
