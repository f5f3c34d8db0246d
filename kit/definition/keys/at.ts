import type { FaultKind, Findings } from '../fault.ts'
import { isScalar, type JsonNode, type Scalar, show } from '../json/nodes.ts'
import type { Source } from '../json/source.ts'
import type { Place } from '../model.ts'

/** Where in the definition something is read, and who hears of faults. */
export class At {
  readonly path: string
  readonly source: Source
  readonly findings: Findings
  readonly environment: string

  constructor(source: Source, findings: Findings, environment: string, path = '') {
    this.source = source
    this.findings = findings
    this.environment = environment
    this.path = path
  }

  child(name: string): At {
    const path = this.path === '' ? name : `${this.path}/${name}`
    return new At(this.source, this.findings, this.environment, path)
  }

  place(node: { readonly at: number }): Place {
    return this.source.place(node.at, this.path)
  }

  fault(kind: FaultKind, node: { readonly at: number }, message: string): void {
    this.findings.fault(kind, this.place(node), message)
  }

  warn(kind: FaultKind, node: { readonly at: number }, message: string): void {
    this.findings.warn(kind, this.place(node), message)
  }

  /** That a value is not what is expected here; with where the value came from, if it came from a variable. */
  refuse(node: JsonNode, expected: string): undefined {
    const { kind, origin } = this.#origin(node)
    this.fault(kind, node, `expected ${expected}, got ${show(node)}${origin}`)
    return undefined
  }

  /** That a key has a variable without a value. */
  refuseKey(key: Scalar): [] {
    const origin = this.#undefined(key.undefined ?? [], key.written ?? '')
    this.fault('undefined-variable', key, `expected a key, got "${key.written}"${origin}`)
    return []
  }

  /** Names the variables, unless it is one and all that is written. */
  #undefined(missing: readonly string[], written: string): string {
    const names = [...new Set(missing)].map((name) => `$${name}`)
    const subject = names[0] === written ? '' : `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} `
    return ` (${subject}undefined in ${this.environment})`
  }

  #origin(node: JsonNode): { kind: FaultKind; origin: string } {
    if (!isScalar(node) || node.written === undefined) return { kind: 'value', origin: '' }
    if (node.undefined === undefined)
      return { kind: 'value', origin: ` (from "${node.written}" in ${this.environment})` }
    return { kind: 'undefined-variable', origin: this.#undefined(node.undefined, node.written) }
  }
}
