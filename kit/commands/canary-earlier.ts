import type { Context } from '../cli/context.ts'
import { patiently } from '../deploy/watch/patience.ts'
import { pause } from '../deploy/watch/pause.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { readServices, type SwarmService } from '../swarm/services.ts'

const POLL_MS = 1000
/** The control removes it 20 s after the end of its canary; another manager may have to take that over before. */
const WAIT_MS = 60_000

/**
 * Waits until the service of an earlier canary is gone: its instances would pass for those of the next one. Throws a
 * Failure where it stays.
 */
export async function untilEarlierGone(
  stack: string,
  { terminal }: Context,
  waitMs = WAIT_MS,
): Promise<void> {
  const end = performance.now() + waitMs
  for (let isTold = false; !isDryRun(); await pause(POLL_MS)) {
    const earlier = (await patiently(() => readServices(stack))).find(({ kind }) => kind === 'canary')
    if (earlier === undefined) return
    if (performance.now() > end) throw stays(earlier, waitMs)
    if (!isTold) terminal.say(`Waiting until the instances of the canary before are gone: ${earlier.name}.\n`)
    isTold = true
  }
}

const stays = ({ name }: SwarmService, waitMs: number): Failure =>
  new Failure(
    'timed out',
    `The service of an earlier canary is still there after ${Math.round(waitMs / 1000)} s: ${name}.`,
    `The control of the app removes it: see with \`swarm status\` whether that runs. \`docker service rm ${name}\` does it by hand. Then run the command again.`,
  )
