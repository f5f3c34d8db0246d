import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from './result.ts'
import { markdownTable } from './table.ts'

const file = join(import.meta.dirname, 'README.md')
const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)

/** Puts the tables between their marker comments in bench/README.md; those of other benchmarks stay. */
export function writeTables(results: readonly Result[]): void {
  let text = readFileSync(file, 'utf8')
  for (const { name, title, how, rows } of results) {
    if (!section(name).test(text))
      throw new Error(`bench/README.md has no <!-- ${name} --> … <!-- /${name} -->: add both lines to it`)
    text = text.replace(section(name), `$1\n### ${title}\n\n${markdownTable(rows)}\n\n${how}\n\n$2`)
  }
  writeFileSync(file, text)
}
