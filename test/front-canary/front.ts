import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePromoted, encodeSides, type Sides } from '../../kit/canary/sides.ts'
import { selfSigned } from '../lab/certificate.ts'
import { run } from '../lab/command.ts'
import { type Container, docker, MARK, startContainer } from '../lab/docker.ts'
import { buildFront, image } from '../nginx/front.ts'
import { until } from '../until.ts'
import { ask, type Question, type Seen } from './visit.ts'
import { PROBE, words } from './words.ts'

export interface Asked {
  readonly path: string
  readonly sides: readonly string[]
  readonly cookie: string
}

/** The front of a node, as the swarm runs it, before a balancer that tells which side it was asked. */
export interface CanaryFront {
  readonly nginx: Container
  readonly port: number
  /** One request on a connection of its own. */
  ask(question: string | Question): Promise<Seen>
  /** What the balancer answers to the question for the split. */
  say(word: string): Promise<void>
  /** Says a split, and waits until all visitors get it. */
  open(changes?: Partial<Sides>): Promise<Sides>
  /** Ends the canary, and waits until no visitor gets it; promoted where its id is given. */
  close(promoted?: string): Promise<void>
  /** What the balancer was asked since the last time. */
  asked(): Promise<Asked[]>
  /** Runs a command beside nginx. */
  run(command: string): Promise<string>
  logs(): Promise<string>
  stop(): Promise<void>
}

const marked = ['--label', `${MARK}=${process.pid}`]
const contained = ['--read-only', '--cap-drop', 'ALL', '--tmpfs', '/tmp:uid=101,gid=101', '--init']
const script = join(import.meta.dirname, 'balancer.ts')
/** The number of the state in which a canary has ended. */
const LAST = 1000
/** As many as nginx/conf/process.conf says. */
const WORKERS = 2
// Those that end for who is still there have another title, from when they stop listening; the brackets keep grep from
// finding itself.
const listening = "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -cx 'nginx: worker [p]rocess'"
// The test says where a visitor comes from.
const anywhere = 'set_real_ip_from 0.0.0.0/0; real_ip_header X-Test-Address;'
const edit = `echo '${anywhere}' >>/srv/front/nginx/conf/proxy.conf`
const upstream = "echo 'upstream webapp { server 127.0.0.1; }' >/tmp/webapp.conf"
const serve = `export CONFIGURATION=swarm.conf PUBLISHED=/srv/front; ${upstream} && publish && ${edit} && exec serve`

async function startBalancer(network: string, word: string): Promise<Container> {
  const names = ['webapp', 'webapp-here'].flatMap((name) => ['--network-alias', name])
  const options = ['--network', network, ...names, '--volume', `${script}:/balancer.ts:ro`]
  const command = ['node', '/balancer.ts', word]
  return startContainer({ image: 'node:26.10.0-slim', args: command, options, ports: [8001] })
}

async function startNginx(network: string): Promise<Container> {
  const tls = mkdtempSync(join(tmpdir(), 'dogfood-canary-'))
  await selfSigned(tls)
  await run('chmod', ['-R', 'a+rX', tls])
  const mounts = ['--volume', `${network}:/srv/front`, '--volume', `${tls}:/srv/tls:ro`]
  const options = ['--network', network, '--env', 'WEBAPP_HERE=webapp-here', ...contained, ...mounts]
  return startContainer({ image, args: ['bash', '-c', serve], options, ports: [8443] })
}

/** Starts both; the balancer begins with this word. */
export async function startCanaryFront(word = 'none'): Promise<CanaryFront> {
  await buildFront()
  const network = `${MARK}-${randomUUID()}`
  await docker('network', 'create', ...marked, network)
  await docker('volume', 'create', ...marked, network)
  const balancer = await startBalancer(network, word)
  const control = `http://127.0.0.1:${balancer.port(8001)}`
  await until(async () => (await fetch(control)).ok, 'the balancer')
  const nginx = await startNginx(network)
  const port = nginx.port(8443)
  const said = words()
  const asks = (question: string | Question) => ask(port, question)
  const say = async (text: string) => void (await fetch(control, { method: 'POST', body: text }))
  /** The side of somebody whom nothing but the tester's header of a split sends to the canary. */
  const sideOf = async (value: string) =>
    (await asks({ path: '/own', headers: { 'User-Agent': 'a bot', [PROBE]: value } })).text
  const inside = (command: string) => docker('exec', nginx.id, 'bash', '-c', command)
  /** New processes take visitors before those of the configuration before are told to stop. */
  const untilNewAlone = () =>
    until(async () => Number(await inside(listening)) === WORKERS, 'old processes to stop')
  const front: CanaryFront = {
    nginx,
    port,
    ask: asks,
    say,
    async open(changes) {
      const { sides, probe } = said.next(changes)
      await say(encodeSides(sides))
      await until(async () => (await sideOf(probe)) === 'canary', 'the split to be taken')
      await untilNewAlone()
      return sides
    },
    async close(promoted) {
      await say(promoted === undefined ? 'none' : encodePromoted(promoted, LAST))
      const { probe } = said.last()
      await until(async () => (await sideOf(probe)) === 'nobody', 'the canary to be closed')
      await untilNewAlone()
    },
    asked: async () => (await (await fetch(control)).json()) as Asked[],
    run: inside,
    logs: () => run('sh', ['-c', `docker logs ${nginx.name} 2>&1`]),
    async stop() {
      for (const container of [nginx, balancer]) await container.remove()
      await docker('network', 'rm', network)
      await docker('volume', 'rm', network)
    },
  }
  await until(async () => (await front.ask('/healthz')).status === 200, 'nginx to answer', 60)
  await until(async () => (await front.ask('/own')).status === 200, 'the balancer to be found', 60)
  await front.asked()
  return front
}
