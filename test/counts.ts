import { figuresFile, thisOccasion, writeFigures } from '../bench/figures-file.ts'

/** A run of all tests, all passed. */
export interface Counts {
  readonly files: number
  readonly unit: number
  readonly lab: number
  /** Of performance.now(). */
  readonly begun: number
}

/** Puts the counts among the figures that pages show, as data.figures.tests. */
export function writeCounts({ files, unit, lab, begun }: Counts, file = figuresFile): void {
  const seconds = Math.round((performance.now() - begun) / 1000)
  writeFigures({ tests: { ...thisOccasion(), files, passed: unit + lab, unit, lab, seconds } }, file)
}
