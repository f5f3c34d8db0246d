import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Container, docker, startContainer } from '../test/lab/docker.ts'
import { type Front, startFront } from '../test/nginx/front.ts'
import { until } from '../test/until.ts'
import { addressOf } from './address.ts'
import { benchDir } from './content.ts'
import { redisSettings } from './redis.ts'
import { signupSettings } from './signup-settings.ts'

const repository = join(import.meta.dirname, '..')
const limitsConf = 'nginx/conf/limits.conf'
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
    const start = async (started: Promise<Container>) => void containers.push(await started)
    const queue = await startRedis(front, 'queue')
    await start(Promise.resolve(queue))
    await start(startRedis(front, 'cache'))
    await start(startNode(front, 'crm', 'bench/servers/hanging.ts', String(crmPort)))
    await start(startNode(front, 'webapp', 'app/server.ts'))
    await start(startNode(front, 'worker', 'app/worker.ts'))
    const url = `http://${await addressOf(front.name)}:8080`
    await until(async () => (await fetch(`${url}/invite`)).ok, 'the webapp', 60)
    return { url, queueUrl: `redis://${await addressOf(queue.name)}:6379`, stop }
  } catch (error) {
    for (const { name } of containers) console.log(await docker('logs', '--tail', '20', name))
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
    image: 'redis:8',
    options: [...at(front, `redis-${purpose}`), '--volume', '/data'],
    args: redisSettings[purpose],
  })

const startNode = (front: Front, name: string, ...args: string[]): Promise<Container> =>
  startContainer({
    image: 'node:26-slim',
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
  const usual = readFileSync(join(repository, limitsConf), 'utf8')
  const raised = usual
    .replace('zone=writers:4m rate=2r/s', 'zone=writers:4m rate=1000000r/s')
    .replace('zone=writers burst=20', 'zone=writers burst=1000000')
  if (raised === usual) throw new Error(`${limitsConf} has other limits than this benchmark raises`)
  const folder = join(benchDir, 'nginx')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'limits.conf')
  writeFileSync(file, raised)
  return ['--volume', `${file}:/etc/nginx/conf/limits.conf:ro`]
}
