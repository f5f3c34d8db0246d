import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Answer, ask, type Question } from './ask.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const upstreamScript = fileURLToPath(new URL('./upstream.ts', import.meta.url))
const image = 'dogfood-nginx:test'

/** nginx as it runs in production, on a network of its own. */
export interface Front {
  readonly name: string
  readonly network: string
  port(inside?: number): Promise<number>
  ask(question: string | Question): Promise<Answer>
  /** Starts one more container that is `webapp` on this network; gives its name. */
  startUpstream(...args: string[]): Promise<string>
  /** The access log line of the request, once it is written. */
  logged(answer: Answer): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

export async function buildFront(): Promise<string> {
  await docker('build', '--quiet', '--tag', image, '--file', `${repository}nginx/Dockerfile`, repository)
  return image
}

/** Starts nginx from the built image; `runArgs` go to `docker run` (mounts, published ports). */
export async function startFront(...runArgs: string[]): Promise<Front> {
  const name = `front-${randomBytes(4).toString('hex')}`
  const started: string[] = []
  await buildFront()
  await docker('network', 'create', name)
  const hardened = [
    '--read-only',
    '--tmpfs',
    '/tmp',
    '--cap-drop',
    'ALL',
    '--security-opt',
    'no-new-privileges',
  ]
  const place = ['--detach', '--name', name, '--network', name, '--publish', '127.0.0.1::8080']
  await docker('run', ...place, ...hardened, ...runArgs, image)
  const port = async (inside = 8080) =>
    Number((await docker('port', name, String(inside))).trim().split(':').at(-1))
  const outside = await port()
  const front: Front = {
    name,
    network: name,
    port,
    ask: (question) => ask(outside, question),
    async startUpstream(...args) {
      const upstream = `${name}-webapp-${started.length}`
      const mount = ['--volume', `${upstreamScript}:/upstream.ts:ro`]
      started.push(upstream)
      await docker(
        'run',
        '--detach',
        '--name',
        upstream,
        '--network',
        name,
        '--network-alias',
        'webapp',
        ...mount,
        'node:26-slim',
        'node',
        '/upstream.ts',
        ...args,
      )
      return upstream
    },
    logged: (answer) => logged(name, String(answer.headers['x-request-id'])),
    async stop() {
      await docker('rm', '--force', '--volumes', name, ...started)
      await docker('network', 'rm', name)
    },
  }
  await until(async () => (await front.ask('/healthz')).status === 200, 'nginx to answer')
  return front
}

async function logged(container: string, requestId: string): Promise<Record<string, unknown>> {
  const find = async () =>
    (await docker('logs', container)).split('\n').find((line) => line.includes(requestId))
  await until(async () => (await find()) !== undefined, `the log line of request ${requestId}`)
  return JSON.parse((await find()) ?? '{}')
}

/** Waits until pages come from the upstream and not from the front itself. */
export const untilServing = (front: Front): Promise<void> =>
  until(async () => (await front.ask('/page')).status === 200, 'the upstream to be found')
