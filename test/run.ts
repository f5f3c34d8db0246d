import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { needsOf } from './lab/needs.ts'

const UNIT_MINUTES = 2
const LAB_MINUTES = 15
const say = (line: string): void => console.log(line)

interface Result {
  passed: number
  failed: number
}

async function runFiles(files: readonly string[], concurrency: number, minutes: number): Promise<Result> {
  const result = { passed: 0, failed: 0 }
  if (files.length === 0) return result
  const events = run({ files: [...files], concurrency, timeout: minutes * 60_000 })
  events.on('test:summary', ({ file, counts }) => {
    // The summary without a file is the one over all of them.
    if (file === undefined)
      Object.assign(result, { passed: counts.passed, failed: counts.tests - counts.passed })
  })
  for await (const text of events.compose(spec)) process.stdout.write(text)
  return result
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
      write: { type: 'boolean' },
    },
  })
  if (values.write && (values.unit || values.only)) {
    say('--write counts every test: leave out --unit and --only')
    return 1
  }
  const begun = performance.now()
  const all = globSync('test/**/*.test.ts')
    .filter((file) => file.includes(values.only))
    .sort()
  const unit = all.filter((file) => !file.endsWith('.lab.test.ts'))
  const lab = values.unit ? [] : all.filter((file) => file.endsWith('.lab.test.ts'))
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
  const slow = await runFiles(files, 1, LAB_MINUTES)

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
