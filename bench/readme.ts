import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from './result.ts'
import { markdownTable } from './table.ts'

const file = join(import.meta.dirname, 'README.md')
const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)

/** Puts the tables between their marker comments in bench/README.md; those of other benchmarks stay. */
export function writeTables(results: readonly Result[]): void {
  let text = readFileSync(file, 'utf8')
  for (const { name, title, how, versions, rows } of results) {
    if (!section(name).test(text))
      throw new Error(`bench/README.md has no <!-- ${name} --> … <!-- /${name} -->: add both lines to it`)
    const measured = [how, ...Object.entries(versions).map(([of, version]) => `${of} ${version}.`)].join(' ')
    const result = `\n### ${title}\n\n${markdownTable(rows)}\n\n${measured}\n\n`
    text = text.replace(section(name), (_, opening: string, closing: string) => opening + result + closing)
  }
  writeFileSync(file, text)
}
