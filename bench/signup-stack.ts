import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Container, startContainer } from '../test/lab/docker.ts'
import { type Front, startFront } from '../test/nginx/front.ts'
import { until } from '../test/until.ts'
import { addressOf } from './address.ts'
import { benchDir } from './content.ts'
import { raisedFiles, raisedLimits } from './raised-limits.ts'
import { redisSettings } from './redis.ts'
import { signupSettings } from './signup-settings.ts'

const repository = join(import.meta.dirname, '..')
const crmPort = 8001

/** The signup as production runs it, a container each: nginx, one webapp, one worker, both Redis and a CRM. */
export interface SignupStack {
  /** nginx. */
  readonly url: string
  /** As this process reaches it. */
  readonly queueUrl: string
  stop(): Promise<void>
}

/** Starts it with a CRM that takes every connection and never answers. */
export async function startSignupWithHangingCrm(): Promise<SignupStack> {
  const front = await startFront(...silent, ...withoutLimits())
  const containers: Container[] = []
  const stop = async () => {
    for (const container of containers.reverse()) await container.remove()
    await front.stop()
  }
  try {
    const queue = await startRedis(front, 'queue')
    containers.push(queue)
    containers.push(await startRedis(front, 'cache'))
    containers.push(await startNode(front, 'crm', 'bench/servers/hanging.ts', String(crmPort)))
    containers.push(await startNode(front, 'webapp', 'app/server.ts'))
    containers.push(await startNode(front, 'worker', 'app/worker.ts'))
    const url = `http://${await addressOf(front.name)}:8080`
    await until(async () => (await fetch(`${url}/invite`)).ok, 'the webapp', 60)
    return { url, queueUrl: `redis://${await addressOf(queue.name)}:6379`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const settings = signupSettings({ cache: 'redis://redis-cache:6379', queue: 'redis://redis-queue:6379' })
const environment = Object.entries({ ...settings, CRM_URL: `http://crm:${crmPort}` })

// What Docker does with a log is no part of the measurement.
const silent = ['--log-driver', 'none']

const at = ({ network }: Front, name: string): string[] => ['--network', network, '--network-alias', name]

const startRedis = (front: Front, purpose: keyof typeof redisSettings): Promise<Container> =>
  startContainer({
    image: 'redis:8.10.1',
    options: [...at(front, `redis-${purpose}`), '--volume', '/data'],
    args: redisSettings[purpose],
  })

const startNode = (front: Front, name: string, ...args: string[]): Promise<Container> =>
  startContainer({
    image: 'node:26.10.0-slim',
    options: [
      ...at(front, name),
      ...silent,
      ...['--volume', `${repository}:/project:ro`, '--volume', `${benchDir}:${benchDir}`],
      ...['--workdir', '/project', ...environment.flatMap((setting) => ['--env', setting.join('=')])],
    ],
    args: ['node', ...args],
  })

/** Options that let one client send as much as it likes; all else of nginx's configuration stays. */
function withoutLimits(): string[] {
  const folder = join(benchDir, 'nginx')
  mkdirSync(folder, { recursive: true })
  return raisedFiles.flatMap((name) => {
    const file = join(folder, name)
    writeFileSync(file, raisedLimits(name, readFileSync(join(repository, 'nginx/conf', name), 'utf8')))
    return ['--volume', `${file}:/etc/nginx/conf/${name}:ro`]
  })
}
