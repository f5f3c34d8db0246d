import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { run } from './command.ts'

/** Names and labels what a test process starts, so that nothing else is ever removed. */
export const MARK = 'dogfood-test'
const PORT_ATTEMPTS = 5

export interface ContainerOptions {
  image: string
  /** What follows the image on the command line. */
  args?: readonly string[]
  /** Options before the image: environment, volumes, networks. */
  options?: readonly string[]
  /** Ports of the container to reach from here; they stay the same when it is killed and started again. */
  ports?: readonly number[]
  name?: string
}

export interface Container {
  readonly id: string
  readonly name: string
  /** The port on 127.0.0.1 that leads to a port of the container. */
  port(inside: number): number
  kill(): Promise<void>
  start(): Promise<void>
  pause(): Promise<void>
  unpause(): Promise<void>
  remove(): Promise<void>
}

/** Runs the docker command; its standard output, trimmed. The error carries stderr. */
export const docker = (...args: string[]): Promise<string> => run('docker', args)

/** A TCP port nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** A name for `docker compose --project-name`, under which the lab removes what this process leaves behind. */
export const composeProject = (suffix = ''): string => `${MARK}-${process.pid}${suffix && `-${suffix}`}`

/** Starts a container that ends with this test process at the latest. */
export async function startContainer(wanted: ContainerOptions): Promise<Container> {
  removeAtExit()
  const name = wanted.name ?? `${MARK}-${process.pid}-${crypto.randomUUID().slice(0, 8)}`
  const { id, ports } = await create(wanted, name)
  const act = (verb: string) => async () => void (await docker(verb, id))
  return {
    id,
    name,
    port: (inside) => ports.get(inside) ?? missingPort(name, inside),
    kill: act('kill'),
    start: act('start'),
    pause: act('pause'),
    unpause: act('unpause'),
    remove: async () => void (await docker('rm', '--force', '--volumes', id)),
  }
}

async function create(
  wanted: ContainerOptions,
  name: string,
  attempt = 1,
): Promise<{ id: string; ports: Map<number, number> }> {
  const ports = new Map<number, number>()
  for (const inside of wanted.ports ?? []) ports.set(inside, await freePort())
  const published = [...ports].flatMap(([inside, outside]) => ['--publish', `127.0.0.1:${outside}:${inside}`])
  const marked = ['--label', `${MARK}=${process.pid}`, '--name', name, ...(wanted.options ?? [])]
  try {
    const id = await docker('run', '--detach', ...marked, ...published, wanted.image, ...(wanted.args ?? []))
    return { id, ports }
  } catch (error) {
    await docker('rm', '--force', '--volumes', name)
    // Between asking for a free port and publishing it, somebody else may take it.
    const taken = /port is already allocated|address already in use/.test(String(error))
    if (!taken || attempt === PORT_ATTEMPTS) throw error
    return create(wanted, name, attempt + 1)
  }
}

function missingPort(name: string, inside: number): never {
  throw new Error(`container ${name} publishes no port ${inside}: name it in startContainer's ports`)
}

let watching = false

function removeAtExit(): void {
  if (watching) return
  watching = true
  process.once('exit', () => {
    const label = `label=${MARK}=${process.pid}`
    const left = spawnSync('docker', ['ps', '--all', '--quiet', '--filter', label], { encoding: 'utf8' })
    const ids = left.stdout?.split('\n').filter(Boolean) ?? []
    if (ids.length > 0) spawnSync('docker', ['rm', '--force', '--volumes', ...ids])
  })
}
