import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Container, docker, MARK, startContainer } from '../test/lab/docker.ts'
import { until } from '../test/until.ts'
import { addressOf } from './address.ts'
import { benchDir } from './content.ts'
import { projectImage } from './front/images.ts'

/** Balancers of a simulation. */
export interface Numbers {
  readonly balancers: number
  /** Those of them that take 300 ms for each answer. */
  readonly slow: number
  /** Those that give none. */
  readonly silent: number
}

/** The real control of a swarm of bench/servers/swarm-of-balancers.ts. */
export interface SimulatedSwarm {
  /** The container that control runs in. */
  readonly control: string
  /** Writes another state of the canary; milliseconds until the last balancer that lives has its word. */
  converge(): Promise<number>
}

const STACK = 'bench'
const MEMORY = '256m'
const repository = join(import.meta.dirname, '..')

/** Starts one during a canary, works with it, and takes all of it away. */
export async function inSimulatedSwarm<T>(
  numbers: Numbers,
  work: (swarm: SimulatedSwarm) => Promise<T>,
): Promise<T> {
  const image = await projectImage('control')
  const volume = `${MARK}-${randomUUID()}`
  await docker('volume', 'create', '--label', `${MARK}=${process.pid}`, volume)
  const started: Container[] = []
  try {
    const swarm = await startSwarm(volume, numbers)
    started.push(swarm)
    const tell = `http://${await addressOf(swarm.id)}:9000`
    await until(async () => (await fetch(tell)).ok, 'the swarm of a simulation')
    const control = await startControl(image, volume, swarm)
    started.push(control)
    const converge = async () => Number(await (await fetch(tell, { method: 'POST' })).text())
    return await work({ control: control.id, converge })
  } finally {
    for (const container of started.reverse()) await container.remove()
    await docker('volume', 'rm', volume)
  }
}

const startSwarm = (volume: string, { balancers, slow, silent }: Numbers): Promise<Container> =>
  startContainer({
    image: 'node:26.10.0-slim',
    options: [
      ...['--init', '--user', '0', '--dns', '127.0.0.1', '--volume', `${volume}:/var/run`],
      ...['--volume', `${repository}:/project:ro`, '--workdir', '/project'],
    ],
    args: [
      ...['node', 'bench/servers/swarm-of-balancers.ts', '/var/run/docker.sock', STACK],
      ...[balancers, slow, silent].map(String),
    ],
  })

/** With a token it serves its API, as that of the site does. */
function startControl(image: string, volume: string, swarm: Container): Promise<Container> {
  mkdirSync(benchDir, { recursive: true })
  const tokens = join(benchDir, 'control-tokens')
  writeFileSync(tokens, `ada deploy ${'0'.repeat(64)}\n`)
  const settings = {
    CONTROL_STACK: STACK,
    CONTROL_ENVIRONMENT: 'production',
    CONTROL_TOKENS_FILE: '/srv/control_tokens',
  }
  return startContainer({
    image,
    options: [
      ...['--network', `container:${swarm.id}`, '--volume', `${volume}:/var/run`, '--memory', MEMORY],
      ...['--volume', `${tokens}:/srv/control_tokens:ro`],
      ...Object.entries(settings).flatMap((setting) => ['--env', setting.join('=')]),
    ],
  })
}
