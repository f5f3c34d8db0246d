import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { problemStatus } from '../../../kit/api/problem.ts'
import type { Route } from '../../../kit/api/route.ts'
import { routes } from '../../../kit/api/routes.ts'
import { API_PORT } from '../../../kit/api/run-api.ts'
import { described } from '../../standins/openapi.ts'

interface Operation {
  readonly operationId: string
  readonly 'x-role': string
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string; readonly in?: string }[]
  readonly requestBody?: object
  readonly responses: object
}
interface Description {
  readonly servers: readonly {
    readonly url: string
    readonly variables?: Readonly<Record<string, { readonly default: string }>>
  }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly parameters: Readonly<Record<string, { readonly name: string; readonly in: string }>>
    readonly schemas: {
      readonly Problem: { readonly properties: { readonly code: { readonly enum: string[] } } }
    }
  }
}

const text = readFileSync(join(import.meta.dirname, '../../../docs/control-api.yaml'), 'utf8')
const description = load(text) as Description

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

function parametersOf({ parameters = [] }: Operation, place: string): string[] {
  const all = parameters.map(({ $ref, name, in: where }) =>
    $ref ? description.components.parameters[$ref.split('/').at(-1) ?? ''] : { name, in: where },
  )
  return all.flatMap((one) => (one?.in === place && one.name ? [one.name] : [])).sort()
}

/** The statuses that a route can answer with, besides those of faults here and in the engine. */
function statusesOf({ status, role, path, query, body, operation }: Route): string[] {
  const ofBody = body ? [400, 413, 415, 422] : []
  const ofQuery = query.length > 0 ? [422] : []
  const ofRole = role === 'read' ? [] : [403]
  const ofApp = path.includes('{app}') ? [404] : []
  const ofCanary = /^(?:set|pause|resume|promote|abort)/.test(operation) ? [409] : []
  const all = [status, 401, 429, ...ofBody, ...ofQuery, ...ofRole, ...ofApp, ...ofCanary]
  return [...[...new Set(all)].sort().map(String), 'default']
}

test('the description and the table of routes have the same operations', () => {
  const ofTable = routes.map(({ operation, method, path }) => `${operation} ${method} ${path}`)
  const ofText = operations.map(
    ({ path, method, operation }) => `${operation.operationId} ${method.toUpperCase()} ${path}`,
  )
  assert.deepEqual(ofText.sort(), ofTable.sort())
})

for (const route of routes)
  test(`the description of ${route.operation} has its role, parameters, body and answers`, () => {
    const found = operations.find(({ operation }) => operation.operationId === route.operation)
    assert.ok(found)
    const { operation } = found
    assert.equal(operation['x-role'], route.role)
    assert.deepEqual(parametersOf(operation, 'query'), [...route.query].sort())
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    assert.deepEqual(parametersOf(operation, 'path'), inPath.sort())
    assert.equal(operation.requestBody !== undefined, route.body !== undefined)
    assert.deepEqual(Object.keys(operation.responses), statusesOf(route))
  })

test('every example is of its schema, and good enough for the API', () => {
  assert.deepEqual(described(description).wrongExamples(), [])
  for (const { operation } of operations) {
    const { body } = routes.find((route) => route.operation === operation.operationId) ?? {}
    const media = operation.requestBody as
      | { content: Record<string, { examples: Record<string, { value: unknown }> }> }
      | undefined
    for (const { value } of Object.values(media?.content['application/json']?.examples ?? {}))
      assert.ok(body?.safeParse(value).success, operation.operationId)
  }
})

test('it is found inside the app, and from outside where nginx leads to it', () => {
  const [inside, outside] = description.servers
  assert.equal(inside?.url, `http://control:${API_PORT}`)
  assert.equal(outside?.url, 'https://{site}')
  assert.equal(outside?.variables?.site?.default, 'localhost')
  const nginx = readFileSync(join(import.meta.dirname, '../../../nginx/conf/control.conf'), 'utf8')
  const [, prefix = '-'] = /^location \^~ (\S+) \{$/m.exec(nginx) ?? []
  for (const { path } of operations) assert.ok(path.startsWith(prefix), path)
})

test('the codes of problems are a closed set', () => {
  const { code } = description.components.schemas.Problem.properties
  assert.deepEqual([...code.enum].sort(), Object.keys(problemStatus).sort())
})
