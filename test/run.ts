import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { needsOf } from './lab/needs.ts'
import { type Lane, laneOf, lanes, longestFirst, mayRunAgain, stages } from './lanes.ts'
import { NOTHING, onceMore, type Result, runFiles, sum } from './run-files.ts'

const UNIT_MINUTES = 2
const LAB_MINUTES = 15
const LONG_MINUTES = 30
/** Which npm script runs a test file. */
const commandOf = (file: string): 'test' | 'test:long' | 'test:cluster' =>
  file.endsWith('.long.test.ts') ? 'test:long' : file.endsWith('.cluster.test.ts') ? 'test:cluster' : 'test'

const say = (line: string): void => console.log(line)

const SLOWEST = 12

/** Tests that look at a whole site share one: to start it takes as long as many a test. */
const sharing: Readonly<Partial<Record<Lane, (run: () => Promise<Result>) => Promise<Result>>>> = {
  async pages(run) {
    const { PLACES, startPlaces } = await import('./e2e/whole-site.ts')
    const { places, stop } = await startPlaces()
    process.env[PLACES] = JSON.stringify(places)
    return run().finally(stop)
  },
  async production(run) {
    const { SHARED, startShared } = await import('./production/shared.ts')
    const { place, down } = await startShared()
    process.env[SHARED] = JSON.stringify(place)
    return run().finally(down)
  },
}

/** The lab tests this machine can run; for the others a reason each. */
async function ready(files: readonly string[]): Promise<{ files: string[]; refused: string[] }> {
  if (files.length === 0) return { files: [], refused: [] }
  const { prepareLab } = await import('./lab/prepare.ts')
  const lab = await prepareLab(say)
  const reasons = new Map(files.map((file) => [file, needsOf(file).flatMap((need) => lab[need] ?? [])]))
  return {
    files: files.filter((file) => reasons.get(file)?.length === 0),
    refused: [...reasons]
      .filter(([, why]) => why.length > 0)
      .map(([file, why]) => `${file}: ${why.join('; ')}`),
  }
}

async function main(): Promise<number> {
  process.chdir(dirname(import.meta.dirname))
  const { values } = parseArgs({
    options: {
      unit: { type: 'boolean' },
      list: { type: 'boolean' },
      only: { type: 'string', default: '' },
      except: { type: 'string' },
      write: { type: 'boolean' },
      long: { type: 'boolean', default: false },
      cluster: { type: 'boolean', default: false },
    },
  })
  if (values.write && (values.unit || values.only || values.except || values.long || values.cluster)) {
    say('--write counts every test: leave out --unit, --long, --cluster, --only and --except')
    return 1
  }
  const begun = performance.now()
  const command = values.long ? 'test:long' : values.cluster ? 'test:cluster' : 'test'
  const all = globSync('test/**/*.test.ts')
    .filter((file) => file.includes(values.only) && commandOf(file) === command)
    .filter((file) => !values.except || !file.includes(values.except))
    .sort()
  const unit = all.filter((file) => !/\.(?:lab|long|cluster)\.test\.ts$/.test(file))
  const lab = values.unit ? [] : all.filter((file) => !unit.includes(file))
  if (values.list) {
    say([...unit, ...lab].join('\n'))
    return 0
  }
  if (unit.length + lab.length === 0) {
    say(`No test file's path holds "${values.only}": node test/run.ts --list names them all`)
    return 1
  }

  const fast = await runFiles(unit, 2 * availableParallelism(), UNIT_MINUTES)
  const { files, refused } = await ready(lab)
  const minutes = command !== 'test' ? LONG_MINUTES : LAB_MINUTES
  const runLane = async (lane: Lane, those: readonly string[], atOnce: number): Promise<Result> => {
    const inLane = longestFirst(those.filter((file) => laneOf(file) === lane))
    const run = () => runFiles(inLane, atOnce, minutes)
    return inLane.length > 0 ? (sharing[lane]?.(run) ?? run()) : NOTHING
  }
  let first = NOTHING
  for (const stage of stages) {
    const results = await Promise.all(stage.map((lane) => runLane(lane, files, lanes[lane])))
    first = results.reduce(sum, first)
  }
  const again = async (those: readonly string[]): Promise<Result> => {
    say(`Once more, one at a time: ${those.join(', ')}`)
    let second = NOTHING
    for (const lane of stages.flat()) second = sum(second, await runLane(lane, those, 1))
    return second
  }
  const kept = { result: first, unsteady: [] }
  const mayAgain = (file: string) => mayRunAgain(file, first.late.includes(file))
  const { result: slow, unsteady } = command === 'test' ? await onceMore(first, mayAgain, again) : kept

  const slowest = [...sum(fast, slow).took].sort(([, one], [, other]) => other - one).slice(0, SLOWEST)
  for (const [file, milliseconds] of slowest) say(`${(milliseconds / 1000).toFixed(1)} s ${file}`)
  for (const file of unsteady) say(`passed only the second time: ${file}`)
  for (const line of refused) say(`cannot run here: ${line}`)
  const strict = process.env.CI === 'true'
  if (refused.length > 0) say(strict ? 'With CI=true every test has to run.' : 'Everything else ran.')
  const failed = fast.failed + slow.failed
  say(`${fast.passed + slow.passed} passed, ${failed} failed`)
  if (values.write && failed + refused.length > 0) say('The counts are not written: not every test passed.')
  else if (values.write) {
    const { writeCounts } = await import('./counts.ts')
    writeCounts({ files: all.length, unit: fast.passed, lab: slow.passed, begun })
  }
  return failed > 0 || (strict && refused.length > 0) ? 1 : 0
}

process.exitCode = await main()
