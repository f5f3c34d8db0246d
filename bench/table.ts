import { type Goal, isMet, type Row } from './benchmark.ts'

const heads = ['', 'measured', 'p50 ms', 'p99 ms', 'ratio', 'goal', 'met'] as const

const cellsOf = (row: Row): readonly string[] => [
  row.name,
  `${rounded(row.value)} ${row.unit}`,
  row.p50?.toFixed(2) ?? '',
  row.p99?.toFixed(2) ?? '',
  row.ratio === undefined ? '' : `${row.ratio.toFixed(2)}×`,
  row.goal ? goalText(row.goal, row.unit) : '',
  { true: 'yes', false: 'NO', undefined: '' }[`${isMet(row)}`],
]

const rounded = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })

const goalText = ({ of, least, most }: Goal, unit: string): string =>
  `${least === undefined ? '≤' : '≥'} ${least ?? most}${of === 'ratio' ? '×' : ` ${unit}`}`

/** The rows in aligned columns, for a terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = [heads, ...rows.map(cellsOf)]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const align = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n')
}

/** The rows as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = [heads, heads.map((_, column) => (column === 0 ? '---' : '--:')), ...rows.map(cellsOf)]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
