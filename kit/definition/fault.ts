import type { Place } from './model.ts'

/** Every kind of thing that can be wrong with a definition, in an operator's words: a closed set. */
export const faultKinds = {
  syntax: 'not JSON',
  'duplicate-key': 'a key twice',
  'unknown-key': 'a key that there is not',
  missing: 'a required key is not there',
  value: 'not the kind of value that the key takes',
  'undefined-variable': 'a variable without a value',
  'duplicate-name': 'a name twice',
  'unknown-name': 'no component of that name',
  'unknown-port': 'a port that the component does not have',
  cycle: 'a circle of components',
  conflict: 'two things that do not go together',
  secret: 'a value that looks like a secret',
  'unused-variable': 'a variable that nothing uses',
  'no-effect': 'something that changes nothing',
} as const

export type FaultKind = keyof typeof faultKinds

/** What is wrong, or looks wrong, and where. */
export interface Fault {
  readonly kind: FaultKind
  readonly place: Place
  readonly message: string
}

/** A line for the operator: file and line, the path where there is one, and what is wrong. */
export function sayFault({ place, message }: Fault): string {
  const line = place.line > 0 ? `:${place.line}` : ''
  // Of broken JSON nobody knows the path, and the column says where to look.
  const column = place.path === '' && place.line > 0 ? `:${place.column}` : ''
  const path = place.path === '' ? '' : ` ${place.path}`
  return `${place.file}${line}${column}${path}: ${message}`
}

/** Collects faults and warnings while a definition is read. */
export class Findings {
  readonly faults: Fault[] = []
  readonly warnings: Fault[] = []

  fault(kind: FaultKind, place: Place, message: string): void {
    this.faults.push({ kind, place, message })
  }

  warn(kind: FaultKind, place: Place, message: string): void {
    this.warnings.push({ kind, place, message })
  }
}

/** In the order of the files, each line once. */
export function inOrder(faults: readonly Fault[]): Fault[] {
  const once = new Map(faults.map((fault) => [sayFault(fault), fault]))
  return [...once.values()].sort(
    (a, b) =>
      Number(a.place.file > b.place.file) - Number(a.place.file < b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  )
}
