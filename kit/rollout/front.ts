import { CommandError, docker } from '../docker.ts'
import type { Progress } from '../progress.ts'
import { inside, logsSince, signal } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { publish, publishConfiguration, readerOf } from './publishing.ts'
import type { Site } from './site.ts'
import { untilNothing } from './watch.ts'

/** Puts a release's files beside those in use, and has the running nginx test its configuration. */
export async function checkFront(site: Site, tag: string): Promise<void> {
  const [, version = ''] =
    /published (\S+)/.exec(await publish(site, tag, 'files', '--stage').catch(orRefused)) ?? []
  const nginx = await readerOf(site, 'nginx')
  const file = `/srv/front/versions/${version}/nginx/production.conf`
  await docker(inside(nginx, 'nginx', '-t', '-q', '-e', 'stderr', '-c', file)).catch(orRefused)
}

/** Puts a release's files in place; nginx takes its configuration, if it is another, by a reload. */
export async function publishFront(site: Site, tag: string, progress: Progress): Promise<void> {
  const taken = await publishConfiguration(site, tag, {
    from: 'files',
    to: 'nginx',
    folder: '/srv/front/nginx',
    reload,
  }).catch(orRefused)
  progress.step(
    `Published static files; nginx has ${taken === 'new' ? 'taken its new' : 'its'} configuration`,
  )
}

function orRefused(error: unknown): never {
  throw error instanceof CommandError ? refusedByNginx(error.lines) : error
}

const refusedByNginx = (lines: readonly string[]): RolloutFailure =>
  new RolloutFailure(
    'The new nginx configuration is refused:',
    'Mend nginx/production.conf or nginx/conf; nothing was changed. If it needs a newer nginx than the one that ' +
      'runs, start that first: `docker compose up -d --no-deps --build nginx` (visitors wait about a second).',
    lines,
  )

/** A configuration that passes `nginx -t` can still be refused by the running master: only new workers prove it. */
async function reload(nginx: string): Promise<void> {
  const since = new Date().toISOString()
  const before = await workersOf(nginx)
  await docker(signal(nginx, 'HUP'))
  const reason = await untilNothing(async () => {
    const now = await workersOf(nginx)
    return now.length > 0 && now.every((worker) => !before.includes(worker)) ? undefined : 'old workers'
  }, 10)
  if (reason === undefined) return
  const lines: string[] = []
  await docker(logsSince(nginx, since), { onLine: (line) => lines.push(line) }).catch(() => undefined)
  const told = lines.filter((line) => /\[(?:emerg|alert|crit|error)\]/.test(line)).slice(-20)
  throw new RolloutFailure(
    'nginx did not take its new configuration, and goes on with the old one:',
    'Mend nginx/conf. A zone of shared memory that counts by another key needs another name.',
    told,
  )
}

// A worker that still finishes requests of the configuration before says so in its title.
const WORKERS =
  'for f in /proc/[0-9]*/cmdline; do t=$(tr -d "\\0" < "$f" 2>/dev/null) || continue; ' +
  '[ "$t" != "nginx: worker process" ] || echo "$f"; done'

const workersOf = async (nginx: string): Promise<string[]> =>
  (await docker(inside(nginx, 'bash', '-c', WORKERS))).split('\n').filter(Boolean)
