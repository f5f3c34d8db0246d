import { basename, join } from 'node:path'
import { until } from '../../test/until.ts'
import { benchDir, cacheFolder } from '../content.ts'
import { redisSettings } from '../redis.ts'
import { signupSettings } from '../signup-settings.ts'
import { logNowhere, type Part, type Place } from './place.ts'

const repository = join(import.meta.dirname, '../..')

export interface AppOptions {
  /** A folder of content. */
  readonly content: string
  readonly instances?: number
  /** Whether `docker logs` has their access log; otherwise it is written to nowhere. */
  readonly logged?: boolean
}

/** Starts webapps with production's settings and a Redis, known as `instance`; they are ready, and all caches empty. */
export async function startApps(
  place: Place,
  { content, instances = 1, logged = false }: AppOptions,
): Promise<Part[]> {
  await place.start('redis', {
    image: 'redis:8.10.1',
    options: ['--volume', '/data'],
    args: redisSettings.cache,
  })
  const command = logged ? ['node', 'app/server.ts'] : logNowhere('node', 'app/server.ts')
  const apps: Part[] = []
  while (apps.length < instances) {
    apps.push(
      await place.start('instance', {
        image: 'node:26.10.0-slim',
        options: optionsFor(content),
        args: command,
      }),
    )
  }
  for (const { address } of apps) await until(() => isReady(address), 'a webapp', 60)
  return apps
}

function optionsFor(content: string): string[] {
  const redis = 'redis://redis:6379'
  const settings = {
    ...signupSettings({ cache: redis, queue: redis }),
    CONTENT_DIR: content,
    CACHE_DIR: cacheFolder(basename(content)),
  }
  const environment = Object.entries(settings).flatMap((setting) => ['--env', setting.join('=')])
  const folders = ['--volume', `${repository}:/project:ro`, '--volume', `${benchDir}:${benchDir}`]
  return [...folders, '--workdir', '/project', ...environment]
}

const isReady = (address: string): Promise<boolean> =>
  fetch(`http://${address}:8000/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
