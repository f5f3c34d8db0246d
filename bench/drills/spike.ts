import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { docker, startContainer } from '../../test/lab/docker.ts'
import { type Front, startFront, untilServing } from '../../test/nginx/front.ts'
import { addressOf } from '../address.ts'
import { ask, browserHeaders } from '../answer.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { benchDir, cacheFolder, pagePath, pagesFolder } from '../content.ts'
import { describeMachine } from '../machine.ts'
import { steadyLoad } from '../steady-load.ts'
import { load } from '../wrk.ts'
import { needDocker } from './need-docker.ts'

const repository = join(import.meta.dirname, '../..')
const proxyConf = 'nginx/conf/proxy.conf'

const visitors = 200
const calmPerSecond = 20
const calmSeconds = 10
const spikeSeconds = 15
const clockTicks = 100

const caches = [
  { key: 'noCache', name: 'no cache', seconds: 0 },
  { key: 'oneSecond', name: '1 s of cache', seconds: 1 },
  { key: 'fiveSeconds', name: '5 s of cache', seconds: 5 },
] as const

/** What a few seconds of cache in nginx make of a spike of visitors. */
export const spike: Benchmark = {
  title: `A spike: ${visitors} visitors ask for one page as fast as it is answered, which plain Express renders`,
  how: () => `${describeMachine()}; ${calmSeconds} s calm, then ${spikeSeconds} s of spike each, one run.`,
  async run() {
    await needDocker()
    const rows: Row[] = []
    for (const { key, name, seconds } of caches) rows.push({ key, name, ...(await spikeOn(seconds)) })
    const [first] = rows
    return rows.map((row) => ({ ...row, ratio: row.value / (first?.value ?? NaN), reference: first?.name }))
  },
}

/** A server that keeps nothing, and the state of its process. */
interface App {
  stop(): Promise<void>
  /** Pages rendered, and seconds of a processor used, since the start. */
  used(): Promise<{ renders: number; processor: number }>
}

async function spikeOn(cacheSeconds: number): Promise<Omit<Row, 'key' | 'name'>> {
  const front = await startFront('--log-driver', 'none', ...(cacheSeconds > 0 ? withCache(cacheSeconds) : []))
  try {
    return await measure(await startApp(front), front)
  } finally {
    await front.stop()
  }
}

async function measure(app: App, front: Front): Promise<Omit<Row, 'key' | 'name'>> {
  try {
    const url = `http://${await addressOf(front.name)}:8080${pagePath}`
    await load(url, { seconds: 2, connections: 8, headers: browserHeaders })
    const calm = await during(app, () => calmLoad(url))
    const busy = await during(app, () =>
      load(url, {
        seconds: spikeSeconds,
        connections: visitors,
        headers: browserHeaders,
        countFailures: true,
      }),
    )
    return {
      value: busy.result.requestsPerSecond,
      unit: 'requests/s',
      p50: busy.result.p50,
      p99: busy.result.p99,
      facts: {
        slowestMs: Math.round(busy.result.slowest),
        failed: busy.result.failed,
        rendersIn5s: Math.round((busy.renders * 5) / spikeSeconds),
        appProcessorSeconds: Number(busy.processor.toFixed(2)),
        calmRendersIn5s: Math.round((calm.renders * 5) / calmSeconds),
        calmP99Ms: Number(calm.result.p99.toFixed(1)),
      },
    }
  } finally {
    await app.stop()
  }
}

async function calmLoad(url: string) {
  const visitors = steadyLoad([url], calmPerSecond)
  await wait(calmSeconds * 1000)
  return visitors.stop()
}

async function during<T>(app: App, work: () => Promise<T>) {
  const before = await app.used()
  const result = await work()
  const after = await app.used()
  return { result, renders: after.renders - before.renders, processor: after.processor - before.processor }
}

/** Options that give nginx its usual configuration and a cache that answers with what it has while it asks anew. */
function withCache(seconds: number): string[] {
  const folder = join(benchDir, 'nginx')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `proxy-${seconds}.conf`)
  const cache = [
    'proxy_cache_path /tmp/pages keys_zone=pages:1m max_size=64m;',
    'proxy_cache pages;',
    `proxy_cache_valid 200 ${seconds}s;`,
    'proxy_cache_use_stale updating;',
    'proxy_cache_background_update on;',
    'proxy_cache_lock on;',
  ]
  writeFileSync(file, `${readFileSync(join(repository, proxyConf), 'utf8')}\n${cache.join('\n')}\n`)
  return ['--volume', `${file}:/etc/nginx/conf/proxy.conf:ro`]
}

async function startApp(front: Front): Promise<App> {
  const folders = ['--volume', `${repository}:/project:ro`, '--volume', `${benchDir}:${benchDir}`]
  const place = ['--network', front.network, '--network-alias', 'webapp', '--workdir', '/project']
  const args = ['8000', pagesFolder(), cacheFolder('pages'), '0.0.0.0']
  const container = await startContainer({
    image: 'node:26.10.0-slim',
    options: [...place, ...folders],
    args: ['node', 'bench/servers/express-render.ts', ...args],
  })
  await untilServing(front)
  const pid = await docker('inspect', '--format', '{{.State.Pid}}', container.id)
  const address = await addressOf(container.id)
  return {
    stop: container.remove,
    async used() {
      const { body } = await ask(`http://${address}:8000/renders`)
      return { renders: Number(body), processor: processorSeconds(pid) }
    },
  }
}

// Linux counts in hundredths of a second; the name before them may hold spaces and brackets.
function processorSeconds(pid: string): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / clockTicks
}
