import { type Goal, isMet, type Row } from './benchmark.ts'

type Column = readonly [head: string, cell: (row: Row) => string]

const columns: readonly Column[] = [
  ['', ({ name }) => name],
  ['measured', ({ value, unit }) => `${rounded(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`],
  ['p50 ms', ({ p50 }) => p50?.toFixed(2) ?? ''],
  ['p99 ms', ({ p99 }) => p99?.toFixed(2) ?? ''],
  ['ratio', ({ ratio }) => (ratio === undefined ? '' : `${ratio.toFixed(2)}×`)],
]

const judgement: readonly Column[] = [
  ['goal', ({ goal, unit }) => (goal ? goalText(goal, unit) : '')],
  ['met', (row) => ({ true: 'yes', false: 'NO', undefined: '' })[`${isMet(row)}`]],
]

const rounded = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })

const goalText = ({ of, least, most }: Goal, unit: string): string =>
  `${least === undefined ? '≤' : '≥'} ${least ?? most}${of === 'ratio' ? '×' : ` ${unit}`}`

const factColumn = (name: string): Column => [
  name.replace(/(?<=[a-z])(?=[A-Z\d])|(?<=\d)(?=[A-Z])/g, ' ').toLowerCase(),
  ({ facts }) => facts?.[name]?.toLocaleString('en') ?? '',
]

/** Heads and rows, without the columns that no row fills. */
function cellsOf(rows: readonly Row[]): string[][] {
  const facts = [...new Set(rows.flatMap((row) => Object.keys(row.facts ?? {})))].map(factColumn)
  const filled = [...columns, ...facts, ...judgement].filter(([, cell]) => rows.some((row) => cell(row)))
  return [filled.map(([head]) => head), ...rows.map((row) => filled.map(([, cell]) => cell(row)))]
}

/** The rows in aligned columns, for a terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = cellsOf(rows)
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const align = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths?.[column] ?? 0) : cell.padStart(widths?.[column] ?? 0)
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n')
}

/** The rows as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const [heads = [], ...lines] = cellsOf(rows)
  const ruler = heads.map((_, column) => (column === 0 ? '---' : '--:'))
  return [heads, ruler, ...lines]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}
