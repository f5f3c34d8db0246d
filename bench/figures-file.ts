import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { type Figures, mergeFigures, type Occasion } from './figures.ts'
import { machineInWords } from './machine.ts'

/** Where every page of the site finds them, as data.figures. */
export const figuresFile = join(import.meta.dirname, '../content/data/figures.yml')

const head = `# Written by \`npm run bench -- --write\`, its group "tests" by \`npm test -- --write\`:
# run them again rather than change a figure here.
`

/** Puts groups of figures into the file; the others in it stay. */
export function writeFigures(measured: Figures, file = figuresFile): void {
  writeFileSync(
    file,
    head + dump(mergeFigures(readFigures(file), measured), { flowLevel: 2, lineWidth: 200 }),
  )
}

/** The figures in the file; none when there is no file. */
export const readFigures = (file = figuresFile): Figures =>
  existsSync(file) ? ((load(readFileSync(file, 'utf8')) ?? {}) as Figures) : {}

/** Today, on this machine. */
export const thisOccasion = (): Occasion => ({
  measured: new Date().toISOString().slice(0, 10),
  machine: machineInWords(),
})
