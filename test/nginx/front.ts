import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Container, docker, MARK, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Answer, ask, type Question } from './ask.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const scripts = fileURLToPath(new URL('./', import.meta.url))
export const image = 'dogfood-nginx:test'
const hardened = [
  '--read-only',
  '--tmpfs',
  '/tmp',
  '--cap-drop',
  'ALL',
  '--security-opt',
  'no-new-privileges',
]

/** nginx as it runs in production, on a network of its own. */
export interface Front {
  readonly name: string
  readonly network: string
  readonly port: number
  ask(question: string | Question): Promise<Answer>
  /** Starts one more container that is `webapp` on this network: `upstream.ts`, or the script named first. */
  startUpstream(...args: string[]): Promise<Container>
  /** The access log line of the request, once it is written. */
  logged(answer: Answer): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

export async function buildFront(): Promise<void> {
  await docker('build', '--quiet', '--tag', image, '--file', `${repository}nginx/Dockerfile`, repository)
}

/** Starts nginx from the built image; `options` go to `docker run` (mounts, network aliases). */
export async function startFront(...options: string[]): Promise<Front> {
  await buildFront()
  const network = `${MARK}-${randomUUID()}`
  await docker('network', 'create', '--label', `${MARK}=${process.pid}`, network)
  const upstreams: Container[] = []
  const place = ['--network', network, ...hardened, ...options]
  const nginx = await startContainer({ image, ports: [8080], options: place })
  const front: Front = {
    name: nginx.name,
    network,
    port: nginx.port(8080),
    ask: (question) => ask(nginx.port(8080), question),
    async startUpstream(...args) {
      const alias = ['--network', network, '--network-alias', 'webapp', '--volume', `${scripts}:/scripts:ro`]
      const [script = '', ...rest] = args[0]?.endsWith('.ts') ? args : ['upstream.ts', ...args]
      const upstream = await startContainer({
        image: 'node:26.10.0-slim',
        args: ['node', `/scripts/${script}`, ...rest],
        options: alias,
        ports: [8001],
      })
      upstreams.push(upstream)
      return upstream
    },
    logged: (answer) => logged(nginx.name, String(answer.headers['x-request-id'])),
    async stop() {
      await Promise.all([nginx, ...upstreams].map((container) => container.remove()))
      await docker('network', 'rm', network)
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
