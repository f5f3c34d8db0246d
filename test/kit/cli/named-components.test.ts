import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedComponent, namedComponents } from '../../../kit/cli/named-components.ts'
import { Failure } from '../../../kit/failure.ts'

const names = ['shop/web', 'shop/worker', 'admin/web', 'stores/redis']
const fails = (kind: string, said: RegExp) => (error: unknown) =>
  error instanceof Failure && error.kind === kind && said.test(error.message)

test('a component is meant by its full name, by its own where that is unique, and by its service', () => {
  assert.deepEqual(namedComponents(['shop/web'], names), ['shop/web'])
  assert.deepEqual(namedComponents(['redis', 'shop'], names), ['shop/web', 'shop/worker', 'stores/redis'])
  assert.deepEqual(namedComponents([], names), names)
})

test('a name that two services have is refused with both', () => {
  assert.throws(() => namedComponents(['web'], names), fails('usage', /shop\/web or admin\/web/))
})

test('an unknown name is told with the one that was probably meant', () => {
  assert.throws(() => namedComponents(['reddis'], names), fails('not found', /is "redis" meant/))
  assert.throws(() => namedComponents(['x'], []), fails('not found', /no component "x"/))
})

test('where one is wanted, a service is one only if it has no more', () => {
  assert.equal(namedComponent('stores', names), 'stores/redis')
  assert.throws(() => namedComponent('shop', names), fails('usage', /shop\/web or shop\/worker/))
})
