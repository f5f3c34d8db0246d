/** Something wrong with the site's words, as its author should hear it. Lines and columns count from 1. */
export interface Fault {
  severity: 'error' | 'warning'
  /** Relative to the content folder, or 'views/NAME.njk' for a template. */
  file: string
  line: number
  column: number
  what: string
  fix: string
  /** What many warnings of one kind are about: a report shows some of them and counts the rest. */
  kind?: string
}

/** `file:line:col: what, what to do`; a warning says that it is one. */
export const formatFault = ({ severity, file, line, column, what, fix }: Fault): string =>
  `${file}:${line}:${column}: ${severity === 'warning' ? 'warning: ' : ''}${what}, ${fix}`

/** Content that cannot be used, with every reason. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join('\n'))
    this.faults = faults
  }
}

/** The order of a report: by file, then line, then column. */
export const byPlace = (a: Fault, b: Fault): number =>
  a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1

/** Each fault once, in order: what stands in a heading is in its link too. */
export const distinct = (faults: readonly Fault[]): Fault[] =>
  [...new Map(faults.map((fault) => [formatFault(fault), fault])).values()].sort(byPlace)
