import { docker } from '../docker.ts'
import { Failure } from '../failure.ts'
import { regardless } from '../interruption.ts'
import { ifMissing } from '../swarm/ask.ts'
import type { Terminal } from '../terminal.ts'
import { removeServices } from './commands.ts'
import { patiently } from './watch/patience.ts'

/**
 * Does the work with a job, and removes the job, whatever came of it. One that the swarm tells nothing of is left
 * alone: its node may well go on with it.
 */
export async function removedAfter<T>(
  service: string,
  terminal: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  let isSilent = false
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Failure && error.kind === 'unreachable')) throw error
    isSilent = true
    throw leftAlone(service, error)
  } finally {
    if (!isSilent) await regardless(() => remove(service, terminal))
  }
}

async function remove(service: string, terminal: Terminal): Promise<void> {
  await patiently(() => docker(removeServices([service])).catch(ifMissing)).catch(() =>
    terminal.complain(`The job could not be removed. \`docker service rm ${service}\` does it.\n`),
  )
}

const leftAlone = (service: string, { lines }: Failure): Failure =>
  new Failure(
    'unreachable',
    'The swarm does not answer, so nobody knows how far the job is:',
    `Talk to another manager (DOCKER_HOST): \`docker service logs ${service}\` shows what it writes. When it has ended, \`docker service rm ${service}\` removes it.`,
    lines,
  )
