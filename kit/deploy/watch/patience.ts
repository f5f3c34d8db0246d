import { CommandError } from '../../docker.ts'
import { Failure } from '../../failure.ts'
import { isTaken } from '../../swarm/ask.ts'
import { pause } from './pause.ts'

const AGAIN_MS = 500
/** A swarm that elects a leader does not answer for some seconds; nor does a busy manager. */
const SILENCE_MS = 45_000

/** Does again what docker fails at, for `silence` milliseconds at most. Throws a Failure when they are over. */
export async function patiently<T>(work: () => Promise<T>, silence = SILENCE_MS): Promise<T> {
  for (const end = performance.now() + silence; ; await pause(AGAIN_MS)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CommandError) || isRefusal(error)) throw error
      if (performance.now() > end) throw unreachable(error)
    }
  }
}

/** The swarm answered, and will say the same the next time. */
const isRefusal = (error: CommandError): boolean =>
  isTaken(error) || /code = InvalidArgument/.test(error.lines.join('\n'))

const unreachable = (error: CommandError): Failure =>
  new Failure(
    'unreachable',
    'The swarm does not answer, so nobody knows how far it is:',
    'Talk to another manager (DOCKER_HOST), and run the command again with --force: it ends or mends what was begun.',
    [error.message, ...error.lines],
  )
