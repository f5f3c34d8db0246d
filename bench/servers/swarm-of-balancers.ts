import { createSocket } from 'node:dgram'
import { createServer, type RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { begin, type Canary } from '../../kit/canary/state.ts'
import { LABELS } from '../../kit/swarm/labels.ts'
import { type Manner, startRuntimeBalancers } from '../../test/kit/control/runtime-balancers.ts'
import { answerOf } from './dns-answer.ts'

// Usage: node swarm-of-balancers.ts SOCKET STACK COUNT SLOW SILENT. All that control asks: an engine at SOCKET with the
// states of a canary, balancers, and the DNS that finds them. POST to port 9000 writes another state, and answers after how
// many milliseconds the last balancer that lives had its word.
const [path = '', stack = '', ...numbers] = process.argv.slice(2)
const [count = 0, slow = 0, silent = 0] = numbers.map(Number)
const SLOW_MS = 300
const LONGEST_MS = 10_000
const begun = new Date().toISOString()

const manners = Array.from({ length: count }, (_, at): Manner => {
  if (at < slow) return SLOW_MS
  return at < slow + silent ? 'silent' : 0
})
const balancers = await startRuntimeBalancers(manners)

/** It stays where it is, and is looked at as any other. */
const stateOf = (number: number): Canary => ({
  ...begin({
    ...{ id: 'c0ffee00', component: 'site/webapp', image: `r/webapp:2@sha256:${'a'.repeat(64)}`, from: 3 },
    ...{ who: 'ada', why: 'a benchmark', begun, steps: [5, 100], holdMs: 120_000, allow: [], manual: false },
    ...{ limits: { errorsPercent: 1, p95Factor: 1.2 }, salt: 'ab'.repeat(24) },
  }),
  phase: { kind: 'paused', share: 1 + (number % 50), index: 0, since: begun },
})

let last = 0
const configs: object[] = []
function writeState(): string {
  last += 1
  const Labels = { [LABELS.app]: stack, [LABELS.canary]: stack, [LABELS.kind]: 'canary' }
  const Data = Buffer.from(JSON.stringify({ format: 1, ...stateOf(last) })).toString('base64')
  configs.push({ ID: `s${last}`, CreatedAt: begun, Spec: { Name: `${stack}_canary-${last}`, Labels, Data } })
  // As many as the swarm keeps.
  configs.splice(0, configs.length - 20)
  return `1~${last}~`
}
writeState()

const service = (kind: string, component: string) => ({
  ...{ ID: kind, CreatedAt: begun, UpdatedAt: begun },
  Spec: {
    ...{ Name: `${stack}_${kind}`, Mode: { Replicated: { Replicas: 3 } }, TaskTemplate: {} },
    Labels: { [LABELS.kind]: kind, [LABELS.component]: component },
  },
})
const services = ['component', 'canary', 'balancer'].map((kind) => service(kind, 'site/webapp'))
const tasks = [1, 2, 3].map((Slot) => ({
  ...{
    ID: `t${Slot}`,
    CreatedAt: begun,
    UpdatedAt: begun,
    Spec: {},
    ServiceID: 'canary',
    Slot,
    NodeID: 'n1',
  },
  ...{ DesiredState: 'running', Status: { Timestamp: begun, State: 'running' } },
}))

const engine: RequestListener = ({ url = '' }, res) => {
  const kind = /^\/(configs|services|tasks)\?/.exec(url)?.[1]
  const lists: Readonly<Record<string, readonly object[]>> = { configs, services, tasks }
  res.end(JSON.stringify(lists[kind ?? ''] ?? []))
}
createServer(engine).listen(path)

const socket = createSocket('udp4')
socket.on('message', (query, { port, address }) =>
  socket.send(answerOf(query, balancers.addresses), port, address),
)
socket.bind(53, '127.0.0.1')

/** Milliseconds until the last balancer that lives has the word of another state. */
async function converged(): Promise<number> {
  const asked = performance.now()
  const word = writeState()
  while (!balancers.living.every((held) => held.word.startsWith(word))) {
    if (performance.now() - asked > LONGEST_MS) return LONGEST_MS
    await sleep(2)
  }
  return Math.max(...balancers.living.map(({ since }) => since)) - asked
}

createServer(async ({ method }, res) => {
  res.end(method === 'POST' ? String(await converged()) : 'well')
}).listen(9000, '0.0.0.0')
process.on('SIGTERM', () => process.exit(0))
