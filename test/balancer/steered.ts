import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { BalancerAnswer } from '../../kit/control/balancer-socket.ts'
import type { BalancerState, Steered } from '../../kit/control/steering.ts'
import { type Container, docker, startContainer } from '../lab/docker.ts'
import { ask } from '../nginx/ask.ts'
import { until } from '../until.ts'
import { type Balancer, type Instance, startBalancer } from './balancer.ts'

const kit = fileURLToPath(new URL('../../kit', import.meta.url))
const script = fileURLToPath(new URL('./control.ts', import.meta.url))

export const OPEN = '1~7~c7~5~k3f9a1~'
export const ABORTED = '1~8~c7~0~k3f9a1~'
export const PROMOTED = '1~9~c7~0~promoted~'

/** Somebody who would steer a balancer. */
export interface Control extends Container {
  steer(word: string): Promise<{ kind: Steered['kind']; milliseconds: number }>
  read(): Promise<BalancerState>
  /** Sends a line as it is. */
  ask(line: string): Promise<BalancerAnswer>
  /** What it answers to a balancer that asks; nothing by an empty word. */
  say(word: string): Promise<void>
}

export interface SteeredBalancer {
  readonly balancer: Balancer
  readonly control: Control
  readonly old: readonly Instance[]
  readonly canary: Instance
  /** Starts somebody else on its network, by the names that DNS is to have for it. */
  startControl(...names: string[]): Promise<Control>
  untilCanaryUp(count: number): Promise<void>
  stop(): Promise<void>
}

/** A balancer with a control, two instances of the old version and one of the canary. */
export async function startSteered(): Promise<SteeredBalancer> {
  const balancer = await startBalancer('--env', 'CONTROL=control', '--env', 'CANARY_INSTANCES=canary')
  const controls: Control[] = []
  const startControl = async (...names: string[]) => {
    const control = await startOn(balancer, names)
    controls.push(control)
    return control
  }
  const control = await startControl('control')
  const old = await Promise.all([1, 2].map(() => balancer.startInstance()))
  const canary = await balancer.startCanary()
  const untilCanaryUp = (count: number) =>
    until(async () => (await upIn(control)) === count, `${count} instances of the canary to be up`)
  await until(async () => (await control.read()).kind === 'known', 'the balancer to know control')
  await Promise.all([balancer.untilUp(2), untilCanaryUp(1)])
  const stop = async () => {
    await Promise.all(controls.map((each) => each.remove()))
    await balancer.stop()
  }
  return { balancer, control, old, canary, startControl, untilCanaryUp, stop }
}

const upIn = async (control: Control): Promise<number> =>
  (await control.read()).servers.canary.filter(({ isUp }) => isUp).length

async function startOn({ network, container }: Balancer, names: readonly string[]): Promise<Control> {
  const started = await startContainer({
    image: 'node:26.10.0-slim',
    args: ['node', '/site/test/balancer/control.ts'],
    options: [
      ...['--init', '--network', network, ...names.flatMap((name) => ['--network-alias', name])],
      ...['--volume', `${kit}:/site/kit:ro`, '--volume', `${script}:/site/test/balancer/control.ts:ro`],
    ],
    ports: [9000],
  })
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}'
  const obey = async (what: Record<string, string>) => {
    // A balancer that is started again may have another address.
    const [balancer = ''] = (await docker('inspect', '--format', format, container.id)).split(' ')
    const query = new URLSearchParams({ ...what, balancer })
    return JSON.parse((await ask(started.port(9000), `/?${query}`)).text)
  }
  await until(async () => (await ask(started.port(9000), '/?do=say')).status === 200, 'control to listen')
  return {
    ...started,
    steer: (word) => obey({ do: 'steer', word }),
    read: () => obey({ do: 'read' }),
    ask: (line) => obey({ do: 'ask', line }),
    say: async (word) => void (await obey({ do: 'say', word })),
  }
}

/** What became of requests over one connection, as nginx keeps it: status and text, or the code of the error. */
export function keptConnection(
  port: number,
): (path: string, side?: string, method?: string) => Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return (path, side, method = 'GET') =>
    new Promise((resolve) => {
      const headers: OutgoingHttpHeaders = side ? { 'X-Side': side } : {}
      const asked = request({ agent, port, path, method, headers }, (res) => {
        let text = `${res.statusCode} `
        res.on('data', (chunk) => {
          text += chunk
        })
        res.on('end', () => resolve(text)).on('error', () => resolve(`${text} cut`))
      })
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code))).end()
    })
}
