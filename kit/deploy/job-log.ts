import { follow } from '../docker.ts'
import type { Terminal } from '../terminal.ts'
import { followServiceLog } from './commands.ts'
import { pause } from './watch/pause.ts'

// Lines of a task that ended come late, and Docker may never say that one was the last.
const QUIET_MS = 700
/** A log that goes on for so long after its task has no end. */
const REST_MS = 30_000

/** What a job writes, as it is shown. */
export interface JobLog {
  /** Waits for the lines that are still to come of a job that has ended. */
  rest(): Promise<void>
  stop(): void
}

/** Shows what a job writes. */
export function followJobLog(service: string, terminal: Terminal): JobLog {
  const stopping = new AbortController()
  let last = 0
  const show = (line: string, to: 'output' | 'errors') => {
    last = performance.now()
    if (to === 'output') terminal.say(`${line}\n`)
    else terminal.complain(`${line}\n`)
  }
  const following = follow(followServiceLog(service), show, stopping.signal)
  return {
    rest() {
      last = performance.now()
      return Promise.race([following.then(() => undefined), untilQuiet(() => last)])
    },
    stop: () => stopping.abort(),
  }
}

/** `last` is when the last line came, of the clock of `performance`. */
async function untilQuiet(last: () => number): Promise<void> {
  for (const end = performance.now() + REST_MS; performance.now() < end; ) {
    const left = last() + QUIET_MS - performance.now()
    if (left <= 0) return
    await pause(left)
  }
}
