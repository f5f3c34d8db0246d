import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Benchmark, Row } from './benchmark.ts'
import { cachedPage } from './benchmarks/cached-page.ts'
import { liveReload } from './benchmarks/live-reload.ts'
import { oneRender } from './benchmarks/one-render.ts'
import { renderedPage } from './benchmarks/rendered-page.ts'
import { start } from './benchmarks/start.ts'
import { describeMachine, warnIfBusy } from './machine.ts'
import { type Result, writeResults } from './readme.ts'
import { textTable } from './table.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  'cached-page': cachedPage,
  'rendered-page': renderedPage,
  start,
  'one-render': oneRender,
  'live-reload': liveReload,
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
  const { title, run } = benchmarks[name] as Benchmark
  console.log(`\n${title}`)
  const rows: Row[] = await run(effort)
  console.log(textTable(rows))
  results.push({ name, title, rows })
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ effort, results }, null, 2)}\n`)
if (values.write) writeResults(results, effort)

function count(option: 'rounds' | 'seconds'): number {
  const number = Number(values[option])
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} takes a whole number from 1`)
  return number
}
