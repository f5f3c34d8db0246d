import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { type Figures, mergeFigures } from './figures.ts'
import { machineInWords } from './machine.ts'
import type { Result } from './result.ts'

const dataFolder = join(import.meta.dirname, '../content/data')

/** Puts the figures where every page of the site finds them, as data.figures. */
export function writeFigures(results: readonly Result[]): void {
  const file = join(dataFolder, 'figures.yml')
  const earlier = existsSync(file) ? (load(readFileSync(file, 'utf8')) as Figures) : {}
  const occasion = { measured: today(), machine: machineInWords() }
  writeFileSync(file, dataFile('npm run bench -- --write', mergeFigures(earlier, results, occasion)))
}

/** A data file that says which command wrote it. */
export const dataFile = (command: string, data: object): string =>
  `# Written by \`${command}\`: run it again rather than change a figure here.\n${dump(data, { flowLevel: 2, lineWidth: 200 })}`

export const today = (): string => new Date().toISOString().slice(0, 10)
