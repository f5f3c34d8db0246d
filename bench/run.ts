import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Benchmark, CannotRunHere } from './benchmark.ts'
import { cachedPage } from './benchmarks/cached-page.ts'
import { canaryControl } from './benchmarks/canary-control.ts'
import { frontCanary } from './benchmarks/front-canary.ts'
import { frontHit } from './benchmarks/front-hit.ts'
import { frontHitTls } from './benchmarks/front-hit-tls.ts'
import { frontMiss } from './benchmarks/front-miss.ts'
import { frontRandom } from './benchmarks/front-random.ts'
import { frontSpike } from './benchmarks/front-spike.ts'
import { liveReload } from './benchmarks/live-reload.ts'
import { oneRender } from './benchmarks/one-render.ts'
import { renderedPage } from './benchmarks/rendered-page.ts'
import { rolloutLatency } from './benchmarks/rollout-latency.ts'
import { sameAnswers } from './benchmarks/same-answers.ts'
import { search } from './benchmarks/search.ts'
import { signupAccept } from './benchmarks/signup-accept.ts'
import { signupDrain } from './benchmarks/signup-drain.ts'
import { stackAtRest } from './benchmarks/stack-at-rest.ts'
import { start } from './benchmarks/start.ts'
import { swarmCompile } from './benchmarks/swarm-compile.ts'
import { swarmVerbs } from './benchmarks/swarm-verbs.ts'
import { rolledBack } from './drills/rolled-back.ts'
import { rollingUpdate } from './drills/rolling-update.ts'
import { spike } from './drills/spike.ts'
import { groupsOf } from './figures.ts'
import { thisOccasion, writeFigures } from './figures-file.ts'
import { describeMachine, warnIfBusy } from './machine.ts'
import { writeTables } from './readme.ts'
import { inRounds, type Result } from './result.ts'
import { textTable } from './table.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  'cached-page': cachedPage,
  'rendered-page': renderedPage,
  start,
  'one-render': oneRender,
  'live-reload': liveReload,
  search,
  'signup-accept': signupAccept,
  'signup-drain': signupDrain,
  'same-answers': sameAnswers,
  'front-hit': frontHit,
  'front-hit-tls': frontHitTls,
  'front-random': frontRandom,
  'front-miss': frontMiss,
  'front-spike': frontSpike,
  'front-canary': frontCanary,
  'canary-control': canaryControl,
  'stack-at-rest': stackAtRest,
  'rollout-latency': rolloutLatency,
  'swarm-compile': swarmCompile,
  'swarm-verbs': swarmVerbs,
  spike,
  'rolling-update': rollingUpdate,
  'rolled-back': rolledBack,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})

const effort = { rounds: count('rounds'), seconds: count('seconds') }
const names = positionals.length > 0 ? positionals : Object.keys(benchmarks)
const unknown = names.filter((name) => !benchmarks[name])
if (unknown.length > 0) {
  throw new Error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benchmarks).join(', ')}`)
}

console.log(describeMachine())
warnIfBusy()
const results: Result[] = []
for (const name of names) {
  const result = await measure(name)
  if (result) results.push(result)
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ effort, results }, null, 2)}\n`)
if (values.write) {
  writeTables(results)
  writeFigures(groupsOf(results, thisOccasion()))
}

async function measure(name: string): Promise<Result | undefined> {
  const { title, run, how = inRounds, versions = async () => ({}) } = benchmarks[name] as Benchmark
  console.log(`\n${title}`)
  try {
    const rows = await run(effort)
    console.log(textTable(rows))
    return { name, title, how: how(effort), versions: await versions(), rows }
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error
    console.log(`left out: ${error.message}`)
    return undefined
  }
}

function count(option: 'rounds' | 'seconds'): number {
  const number = Number(values[option])
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} takes a whole number from 1`)
  return number
}
