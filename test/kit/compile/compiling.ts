import assert from 'node:assert/strict'
import { compile } from '../../../kit/compile/compile.ts'
import type { Compiled, StackService, Surroundings } from '../../../kit/compile/types.ts'
import { sayFault } from '../../../kit/definition/fault.ts'
import type { App } from '../../../kit/definition/model.ts'
import { readDefinition } from '../../../kit/definition/read.ts'

/** A component as it is written in the first format, without its name. */
export type Written = Readonly<Record<string, unknown>>

/** An app "shop" with one service "s", of components by their names. */
export function define(components: Readonly<Record<string, Written>>, ofApp: Written = {}): App {
  const list = Object.entries(components).map(([name, written]) => ({
    component_name: name,
    image: `example/${name}:1`,
    ...written,
  }))
  const written = { app_name: 'shop', ...ofApp, services: [{ service_name: 's', components: list }] }
  const definition = { file: 'swarm.json', text: JSON.stringify(written) }
  const { app, faults } = readDefinition({ definition, environment: 'me/dev', loginName: 'ada' })
  assert.deepEqual(faults.map(sayFault), [])
  assert.ok(app)
  return app
}

export const compileAll = (
  components: Readonly<Record<string, Written>>,
  { ofApp, ...surroundings }: Partial<Surroundings> & { ofApp?: Written } = {},
): Compiled => compile(define(components, ofApp), { environment: 'me/dev', ...surroundings })

/** The stack of components that have no faults. */
export function stackOf(...args: Parameters<typeof compileAll>): Compiled['stack'] {
  const { stack, faults } = compileAll(...args)
  assert.deepEqual(faults.map(sayFault), [])
  return stack
}

/** A service of it, by its key. */
export function serviceOf(
  key: string,
  components: Readonly<Record<string, Written>>,
  options: Parameters<typeof compileAll>[1] = {},
): StackService {
  const service = stackOf(components, options).services[key]
  assert.ok(service, key)
  return service
}

/** What is wrong with them, without the places. */
export const faultsOf = (...args: Parameters<typeof compileAll>): string[] =>
  compileAll(...args).faults.map(({ message }) => message)

export const warningsOf = (...args: Parameters<typeof compileAll>): string[] =>
  compileAll(...args).warnings.map(({ message }) => message)
