import { createConnection } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, startContainer } from '../test/lab/docker.ts'

export interface Redis {
  readonly url: string
  stop(): Promise<void>
}

// On the host's own network: a published port would put a second process between the website and Redis.
const network = ['--network', 'host']
/** What the website expects of its Redis, as docker-compose.yml has it. */
export const redisSettings = {
  cache: ['--save', '', '--maxmemory', '256mb', '--maxmemory-policy', 'allkeys-lru'],
  queue: ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
} as const
const longestStart = 10_000

/** Runs an empty Redis in a container, reached over loopback TCP. Throws when there is no Docker. */
export async function startRedis(purpose: keyof typeof redisSettings = 'cache'): Promise<Redis> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', ...redisSettings[purpose]]
  const options = [...network, '--volume', '/data']
  const container = await startContainer({ image: 'redis:8.10.1', options, args }).catch(explain)
  const patience = performance.now() + longestStart
  while (!(await listens(port))) {
    if (performance.now() > patience) throw new Error(`Redis does not listen: docker logs ${container.name}`)
    await wait(50)
  }
  return { url: `redis://127.0.0.1:${port}`, stop: container.remove }
}

function explain(error: Error): never {
  throw new Error(
    `Redis runs in a container, and Docker cannot start one: ${error.message}\n` +
      'Start Docker; on Debian, npm test brings one up and leaves it running.',
  )
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.end()
  })
