import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Effort, Row } from './benchmark.ts'
import { describeMachine } from './machine.ts'
import { markdownTable } from './table.ts'

/** A finished benchmark. */
export interface Result {
  readonly name: string
  readonly title: string
  readonly rows: readonly Row[]
}

const file = join(import.meta.dirname, 'README.md')
const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)

/** Puts the tables between their marker comments in bench/README.md; those of other benchmarks stay. */
export function writeResults(results: readonly Result[], { rounds, seconds }: Effort): void {
  let text = readFileSync(file, 'utf8')
  for (const { name, title, rows } of results) {
    if (!section(name).test(text))
      throw new Error(`bench/README.md has no <!-- ${name} --> … <!-- /${name} -->`)
    const how = `${describeMachine()}; ${rounds} rounds, ${seconds} s of load each.`
    text = text.replace(section(name), `$1\n### ${title}\n\n${markdownTable(rows)}\n\n${how}\n\n$2`)
  }
  writeFileSync(file, text)
}
