import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Container, docker, MARK, startContainer } from '../lab/docker.ts'
import { type Answer, ask, type Question } from '../nginx/ask.ts'
import { until } from '../until.ts'
import { logOf, type StateChange, stateChanges } from './log.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const script = fileURLToPath(new URL('./instance.ts', import.meta.url))
export const IMAGE = 'dogfood-balancer:test'

const hardened = [
  ...['--read-only', '--init', '--tmpfs', '/tmp:size=16m,uid=99,gid=99', '--cap-drop', 'ALL'],
  ...['--security-opt', 'no-new-privileges', '--memory', '128m', '--pids-limit', '50'],
]

export interface Instance extends Container {
  /** What the instance has been asked; a query such as `ready=false` changes its behaviour first. */
  tell(query?: string): Promise<Told>
}

interface Told {
  readonly hostname: string
  readonly payments: number
  /** Connections that are open, and how many there have been. */
  readonly open: number
  readonly connections: number
}

/** HAProxy as it runs in production, on a network of its own. */
export interface Balancer {
  readonly container: Container
  readonly network: string
  readonly port: number
  ask(question: string | Question): Promise<Answer>
  /** Starts one more container that is `instance` on this network. */
  startInstance(...args: string[]): Promise<Instance>
  /** The same of the canary, where the balancer was told that they are called `canary`. */
  startCanary(...args: string[]): Promise<Instance>
  /** How many instances HAProxy sends visitors to. */
  up(): Promise<number>
  untilUp(count: number): Promise<void>
  /** When which server went up or down, by the clock of the engine that received the line. */
  changes(): Promise<StateChange[]>
  /** The JSON line of a request. */
  logged(requestId: string): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

/** Starts the built image; `options` go to `docker run`. */
export async function startBalancer(...options: string[]): Promise<Balancer> {
  await docker('build', '--quiet', '--tag', IMAGE, '--file', `${repository}haproxy/Dockerfile`, repository)
  const network = `${MARK}-${randomUUID()}`
  await docker('network', 'create', '--label', `${MARK}=${process.pid}`, network)
  const place = ['--network', network, ...hardened, ...options]
  const container = await startContainer({ image: IMAGE, ports: [8000, 8404], options: place })
  const instances: Instance[] = []
  const start = async (alias: string, args: string[]) => {
    const instance = await startInstance(network, alias, args)
    instances.push(instance)
    return instance
  }
  const up = () => upOn(container.port(8404))
  const balancer: Balancer = {
    container,
    network,
    port: container.port(8000),
    ask: (question) => ask(container.port(8000), question),
    startInstance: (...args) => start('instance', args),
    startCanary: (...args) => start('canary', args),
    up,
    untilUp: (count) => until(async () => (await up()) === count, `${count} instances to be up`),
    changes: () => stateChanges(container.name),
    async logged(requestId) {
      const find = async () => (await logOf(container.name)).find((line) => line.requestId === requestId)
      await until(async () => (await find()) !== undefined, `the line of request ${requestId}`)
      return (await find()) ?? {}
    },
    async stop() {
      await Promise.all([container, ...instances].map((each) => each.remove()))
      await docker('network', 'rm', network)
    },
  }
  await until(async () => (await ask(container.port(8404), '/healthz')).status === 200, 'HAProxy to answer')
  return balancer
}

async function startInstance(network: string, alias: string, args: readonly string[]): Promise<Instance> {
  const place = ['--network', network, '--network-alias', alias, '--volume', `${script}:/instance.ts:ro`]
  const options = [...place, '--init']
  const command = ['node', '/instance.ts', ...args]
  const container = await startContainer({
    image: 'node:26.10.0-slim',
    args: command,
    options,
    ports: [9000],
  })
  const tell = async (query = '') => JSON.parse((await ask(container.port(9000), `/?${query}`)).text)
  return { ...container, tell }
}

/** The count is a gauge of the Prometheus metrics, which are what operators watch. */
async function upOn(port: number): Promise<number> {
  const { text } = await ask(port, '/metrics?scope=backend')
  return Number(/^haproxy_backend_active_servers\{proxy="instances"\} (\d+)/m.exec(text)?.[1])
}
