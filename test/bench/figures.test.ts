import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseYaml } from '../../app/content/yaml.ts'
import type { Row } from '../../bench/benchmark.ts'
import { groupsOf, mergeFigures } from '../../bench/figures.ts'
import { readFigures, writeFigures } from '../../bench/figures-file.ts'
import { markdownTable } from '../../bench/table.ts'
import { writeCounts } from '../counts.ts'

const occasion = { measured: '2026-11-21', machine: 'two cores' }
const row = (more: Partial<Row> = {}): Row => ({
  name: 'a row',
  key: 'row',
  value: 98_743.4,
  unit: 'requests/s',
  ...more,
})
const groupOf = (...rows: Row[]) =>
  groupsOf([{ name: 'cached-page', title: '', how: '', versions: { docker: '29.1' }, rows }], occasion)
    .cachedPage

function inFile(work: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'figures-'))
  try {
    work(join(folder, 'figures.yml'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a benchmark becomes a group in camel case that says when, where and with what it was measured', () => {
  assert.deepEqual(groupOf(row({ p50: 0.6149, p99: 1.5, ratio: 0.95123 })), {
    ...occasion,
    docker: '29.1',
    row: { requestsPerSecond: 98_700, p50Ms: 0.615, p99Ms: 1.5, ratio: 0.951 },
  })
})

test('rows of one key become one, and facts stay as they are', () => {
  const rows = [
    row({ value: 141, unit: 'ms' }),
    row({ value: 112, unit: 'MB', facts: { visits: 12_345, exit: 0, endedAs: 'completed' } }),
  ]
  assert.deepEqual(groupOf(...rows)?.row, { ms: 141, mb: 112, visits: 12_345, exit: 0, endedAs: 'completed' })
})

test('a group measured again replaces the earlier one, and the others stay', () => {
  const earlier = { start: { bare: { ms: 50 } }, cachedPage: { old: { ms: 1 } } }
  const merged = mergeFigures(earlier, { cachedPage: { bare: { ms: 2 } } })
  assert.deepEqual(merged, { cachedPage: { bare: { ms: 2 } }, start: { bare: { ms: 50 } } })
})

test('the file names the commands that write it, and pages read what was written', () =>
  inFile((file) => {
    writeFigures({ start: { ...occasion, bare: { ms: 50 } } }, file)
    writeCounts({ files: 3, unit: 20, lab: 5, begun: performance.now() - 61_000 }, file)
    const text = readFileSync(file, 'utf8')
    assert.match(text, /^# .*npm run bench -- --write.*npm test -- --write/)
    const { start, tests } = readFigures(file)
    assert.deepEqual(parseYaml(file, text), { value: { start, tests } })
    assert.deepEqual(start, { ...occasion, bare: { ms: 50 } })
    const { files, passed, unit, lab, seconds } = tests ?? {}
    assert.deepEqual(
      { files, passed, unit, lab, seconds },
      { files: 3, passed: 25, unit: 20, lab: 5, seconds: 61 },
    )
  }))

test('a table has a column for each fact, and none that no row fills', () => {
  const rows = [row({ value: 1, unit: 'renders', facts: { calmP99Ms: 3.4, rendersIn5s: 1234 } })]
  assert.equal(
    markdownTable(rows),
    '|  | measured | calm p99 ms | renders in 5s |\n| --- | --: | --: | --: |\n| a row | 1 render | 3.4 | 1,234 |',
  )
})
