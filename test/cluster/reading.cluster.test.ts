import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'
import { pushSmall } from './small-app.ts'
import { type SwarmOptions, swarmIn } from './swarm.ts'

const STACK = 'read-lab'
const TALKING = 'echo started; while :; do sleep 1; echo "a line"; echo "a fault" >&2; done'

const folder = mkdtempSync(join(tmpdir(), 'swarm-read-'))
const sleeping = (component_name: string) => ({
  component_name,
  image: '$registry/small:1',
  entrypoint: 'sleep',
  args: ['100000'],
  // A network for each takes a cluster on one machine long.
  outside: false,
})
const talking = {
  component_name: 'talking',
  image: '$registry/small:1',
  entrypoint: 'sh',
  args: ['-c', TALKING],
  placement: 'one-per-machine',
  scaling_policy: { min: 3, max: 3 },
  drain: '1s',
}
const components = [
  talking,
  sleeping('breaking'),
  ...Array.from({ length: 28 }, (_, index) => sleeping(`sleeping${index}`)),
]

let cluster: Cluster
let settings: Record<string, string>

before(async () => {
  cluster = await clusterUp()
  await pushSmall(['1'])
  const [first] = cluster.nodes
  settings = {
    SWARM_ENV: 'org/lab',
    SWARM_NODE_IMAGE: `${cluster.registry}/node-job`,
    SWARM_NODE_SOCKET: first.socket.replace(first.name, '{{.Node.Hostname}}'),
  }
  write('swarm.json', { app_name: 'read', services: [{ service_name: 'a', components }] })
  write('swarmvars.json', { 'org/lab': { registry: cluster.registry } })
  const { output } = await swarm(['compile'])
  const deploy = [
    'stack',
    'deploy',
    '--compose-file',
    '-',
    '--detach=true',
    '--resolve-image',
    'never',
    STACK,
  ]
  await run('docker', ['--host', first.host, ...deploy], { input: output })
  await until(async () => (await statusNow()).state === 'up', 'all components to be up', 80)
})
after(async () => {
  rmSync(folder, { recursive: true })
  await dockerOn(cluster.nodes[0], 'stack', 'rm', STACK)
})

const write = (name: string, content: object): void =>
  writeFileSync(join(folder, name), JSON.stringify(content))

const swarm = (args: readonly string[], { env, ...options }: Partial<SwarmOptions> = {}) =>
  swarmIn(folder, args, { host: cluster.nodes[0].host, ...options, env: { ...settings, ...env } })

async function json<T>(args: readonly string[]): Promise<T> {
  const { output } = await swarm([...args, '--json'])
  return JSON.parse(output) as T
}

interface Status {
  readonly state: string
  readonly components: readonly {
    readonly component: string
    readonly state: string
    readonly nodes: Readonly<Record<string, number>>
    readonly faults: readonly { readonly why: string }[]
  }[]
}
const statusNow = () => json<Status>(['status'])

test('the state of thirty components is told in a moment', async () => {
  const runs = []
  for (let count = 0; count < 5; count++) runs.push(await swarm(['status']))
  const seconds = Math.min(...runs.map((one) => one.seconds))
  console.log(`status of ${components.length} components: ${seconds.toFixed(2)} s`)
  // Below a second on a machine that does nothing else; how much is asked is a test of its own.
  assert.ok(seconds < 5, `${seconds} s`)
  assert.match(runs[0]?.output ?? '', /^read-lab is up: 30 of 30 up; .*3 of 3 nodes ready\n/)
  const { components: found } = await statusNow()
  const nodes = found.find(({ component }) => component === 'a/talking')?.nodes
  assert.deepEqual(nodes, { node1: 1, node2: 1, node3: 1 })
})

test('a context and ssh lead to the same swarm', async () => {
  const [first] = cluster.nodes
  const config = mkdtempSync(join(tmpdir(), 'swarm-context-'))
  const env = { DOCKER_CONFIG: config, DOCKER_CONTEXT: 'lab' }
  const create = ['context', 'create', 'lab', '--docker', `host=${first.host}`]
  await run('docker', ['--config', config, ...create])
  assert.match((await swarm(['status', 'talking'], { host: '', env })).output, /^up +a\/talking +3\/3/m)
  // Stands for the way to another machine; what docker says through it is real.
  const ssh = join(config, 'ssh')
  writeFileSync(ssh, `#!/bin/sh\nexec docker --host ${first.host} system dial-stdio\n`)
  chmodSync(ssh, 0o755)
  const PATH = `${config}${delimiter}${process.env.PATH}`
  const { output } = await swarm(['status', 'talking'], { host: 'ssh://ops@node1', env: { PATH } })
  assert.match(output, /^up +a\/talking +3\/3/m)
})

interface Line {
  readonly time: string
  readonly node: string
  readonly instance: number
  readonly stream: string
  readonly text: string
}
const linesOf = (output: string): Line[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

test('what all instances wrote on all nodes is told in the order of time, and bounded', async () => {
  const { output } = await swarm(['logs', 'talking', '--tail', '100000', '--json'])
  const lines = linesOf(output)
  assert.deepEqual([...new Set(lines.map(({ node }) => node))].sort(), ['node1', 'node2', 'node3'])
  assert.deepEqual([...new Set(lines.map(({ stream }) => stream))].sort(), ['errors', 'output'])
  assert.equal(lines.filter(({ text }) => text === 'started').length, 3)
  const times = lines.map(({ time }) => time)
  assert.deepEqual(times, times.toSorted())
  const few = linesOf((await swarm(['logs', 'talking', '--tail', '2', '--json'])).output)
  assert.equal(few.length, 6)
  const young = linesOf((await swarm(['logs', 'talking', '--since', '3s', '--json'])).output)
  assert.ok(young.length >= 6 && young.every(({ text }) => text !== 'started'))
})

test('logs that are followed go on with instances that start later', async () => {
  const end = new AbortController()
  const following = swarm(['logs', 'talking', '-f', '--tail', '1', '--json'], { kill: end.signal })
  const update = ['service', 'update', '--quiet', '--force', '--update-parallelism', '3']
  await dockerOn(cluster.nodes[0], ...update, `${STACK}_a-talking`)
  const sawAll = new Promise((resolve) => setTimeout(resolve, 4000))
  await sawAll
  end.abort()
  const lines = linesOf((await following).output)
  assert.deepEqual(
    lines
      .filter(({ text }) => text === 'started')
      .map(({ node }) => node)
      .sort(),
    ['node1', 'node2', 'node3'],
  )
  const seen = lines.map(({ time, node, text }) => `${time} ${node} ${text}`)
  assert.equal(new Set(seen).size, seen.length, 'no line comes twice')
})

test('a component that breaks is told first, with the reason', async () => {
  const [first] = cluster.nodes
  const breaking = ['service', 'update', '--detach', '--quiet', '--entrypoint', 'sh', '--args', "-c 'exit 3'"]
  await dockerOn(first, ...breaking, '--update-failure-action', 'continue', `${STACK}_a-breaking`)
  const worst = async () => (await statusNow()).components[0]
  await until(async () => (await worst())?.state === 'failed', 'the failure to be seen', 40)
  const found = await worst()
  assert.equal(found?.component, 'a/breaking')
  assert.deepEqual(
    found?.faults.map(({ why }) => why),
    ['it ended with exit code 3'],
  )
})

test('what each instance uses is told, of every node', async () => {
  const found = await json<{ component: string; instance: number; node: string; memoryBytes: number }[]>([
    'stats',
  ])
  const of = found.filter(({ component }) => component === 'a/talking')
  assert.deepEqual(of.map(({ node }) => node).sort(), ['node1', 'node2', 'node3'])
  assert.deepEqual(
    of.map(({ instance }) => instance),
    [1, 2, 3],
  )
  assert.ok(of.every(({ memoryBytes }) => memoryBytes > 1000))
  assert.ok(found.length >= 29)
  const left = await dockerOn(
    cluster.nodes[0],
    'service',
    'ls',
    '--quiet',
    '--filter',
    'label=dogfood.kind=node-job',
  )
  assert.equal(left, '')
})

test('a command runs inside the instance that was asked for, with its exit code', async () => {
  const SWARM_NODE_HOSTS = cluster.nodes.map(({ name, host }) => `${name}=${host}`).join(',')
  const { components: found } = await statusNow()
  assert.ok(found.length > 0)
  for (const instance of ['1', '2', '3']) {
    const args = ['exec', 'talking', '-i', instance, '--', 'sh', '-c', 'cat; exit 7']
    const { exit, output } = await swarm(args, { input: `to ${instance}\n`, env: { SWARM_NODE_HOSTS } })
    assert.deepEqual([exit, output], [7, `to ${instance}\n`])
  }
})

test('where no way to the node is known, the command to type there is told', async () => {
  const runs = ['1', '2', '3'].map((instance) => swarm(['exec', 'talking', '-i', instance, '--', 'true']))
  const ended = await Promise.all(runs)
  assert.deepEqual(ended.map(({ exit }) => exit).sort(), [0, 1, 1])
  const [refused] = ended.filter(({ exit }) => exit === 1)
  const [, node = '', command = ''] =
    /runs on (node\d)[\s\S]*\n {4}docker (exec .*)\n/.exec(refused?.output ?? '') ?? []
  const machine = cluster.nodes.find(({ name }) => name === node)
  assert.ok(machine, refused?.output ?? 'nothing was refused')
  await dockerOn(machine, ...command.split(' '))
})

interface Finding {
  readonly check: string
  readonly level: string
  readonly what: string
}

test('the doctor asks every node, and finds a port that somebody has', async () => {
  const [, second] = cluster.nodes
  const published = {
    component_name: 'front',
    image: '$registry/small:1',
    ports: [80],
    domains: { 'x.test:8097': 80 },
  }
  write('published.json', { app_name: 'other', services: [{ service_name: 'a', components: [published] }] })
  const taking = ['run', '--detach', '--name', 'taking', '--publish', '8097:80', '--entrypoint', 'sleep']
  await dockerOn(second, ...taking, `${cluster.registry}/small:1`, '1000')
  try {
    const found = await json<Finding[]>(['doctor', '--file', 'published.json', '--pull'])
    const of = (check: string) => found.filter((finding) => finding.check === check)
    assert.deepEqual(
      of('ports').map(({ level }) => level),
      ['error'],
    )
    assert.match(of('ports')[0]?.what ?? '', /^node2: port 8097 is taken by the container taking/)
    for (const check of ['versions', 'nodes', 'quorum', 'clocks', 'addresses', 'leftovers'])
      assert.deepEqual(
        of(check).map(({ level }) => level),
        ['good'],
        JSON.stringify(of(check)),
      )
    assert.deepEqual(
      of('registries').map(({ level }) => level),
      ['good', 'good'],
    )
    assert.match(of('privileges')[0]?.what ?? '', /node1, node2, node3/)
    assert.equal(of('disk').length > 0 && of('ipvs').length > 0 && of('networks').length > 0, true)
  } finally {
    await dockerOn(second, 'rm', '--force', 'taking')
  }
})

test('a node that does not answer keeps nobody waiting for the logs of the others', async () => {
  const leader = await cluster.leader()
  const [lost, ...others] = cluster.nodes.toReversed().filter((node) => node !== leader)
  assert.ok(lost)
  await cluster.cut(lost)
  try {
    const { exit, output, seconds } = await swarm(['logs', 'talking', '--tail', '3'])
    assert.equal(exit, 0)
    assert.ok(seconds < 60, `${seconds} s`)
    assert.match(
      output,
      new RegExp(`^Missing: what a/talking\\.\\d wrote, as ${lost.name} does not answer`, 'm'),
    )
    for (const { name } of [leader, ...others]) assert.match(output, new RegExp(` ${name} \\| a line`))
  } finally {
    await cluster.heal(lost)
  }
})
