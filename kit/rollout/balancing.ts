import { CommandError, docker } from '../docker.ts'
import type { Progress } from '../progress.ts'
import { inside } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { publish, publishConfiguration, readerOf } from './publishing.ts'
import type { Site } from './site.ts'

/** Puts a release's configuration beside the one in use, and has the running HAProxy check it. */
export async function checkBalancing(site: Site, tag: string): Promise<void> {
  await publish(site, tag, 'balancing', '--stage').catch(orRefused)
  const balancer = await readerOf(site, 'balancer')
  const check = ['haproxy', '-c', '-f', '/srv/balancer/new/haproxy.cfg']
  await docker(inside(balancer, ...check)).catch(orRefused)
}

/** Puts a release's configuration of the balancer in place; HAProxy takes it, if it is another, by a reload. */
export async function publishBalancing(site: Site, tag: string, progress: Progress): Promise<void> {
  const taken = await publishConfiguration(site, tag, {
    from: 'balancing',
    to: 'balancer',
    folder: '/srv/balancer/current',
    // It asks the master whether it took the configuration.
    reload: async (balancer) => void (await docker(inside(balancer, 'reload'))),
  }).catch(orRefused)
  progress.step(taken === 'new' ? 'HAProxy has taken its new configuration' : 'HAProxy has its configuration')
}

function orRefused(error: unknown): never {
  throw error instanceof CommandError ? refused(error.lines) : error
}

const refused = (lines: readonly string[]): RolloutFailure =>
  new RolloutFailure(
    'The new configuration of HAProxy is refused:',
    'Mend haproxy/haproxy.cfg; nothing was changed. If it needs a newer HAProxy than the one that runs, start that first: ' +
      '`docker compose up -d --no-deps --build balancer`.',
    lines,
  )
