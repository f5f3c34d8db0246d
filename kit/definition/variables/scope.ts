import type { JsonNode } from '../json/nodes.ts'
import type { Place } from '../model.ts'

export interface Variable {
  readonly name: string
  readonly value: JsonNode
  /** Where it is defined; without it, the kit itself set it, and nobody minds if it is not used. */
  readonly place?: Place
}

/** The variables of one environment, and which of them were used. */
export class Scope {
  readonly environment: string
  readonly #variables = new Map<string, Variable>()
  readonly #used = new Set<string>()

  constructor(environment: string) {
    this.environment = environment
  }

  /** A later definition replaces an earlier one. */
  define(variable: Variable): void {
    this.#variables.set(variable.name, variable)
  }

  use(name: string): Variable | undefined {
    this.#used.add(name)
    return this.#variables.get(name)
  }

  has(name: string): boolean {
    return this.#variables.has(name)
  }

  unused(): readonly Variable[] {
    return [...this.#variables.values()].filter(({ name, place }) => place && !this.#used.has(name))
  }

  all(): readonly Variable[] {
    return [...this.#variables.values()]
  }
}
