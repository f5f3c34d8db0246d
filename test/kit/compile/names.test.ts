import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashedName, stackName } from '../../../kit/compile/names.ts'
import { compileAll, stackOf } from './compiling.ts'

test('a stack is named by app and environment, without the organization', () => {
  assert.equal(stackName('dogfood', 'giantswarm/production'), 'dogfood-production')
  assert.equal(stackName('My_App.js', 'me/Dev'), 'my-app-js-dev')
})

test('a name that is too long for Swarm is shortened, the same each time, and stays apart from others', () => {
  const long = 'a'.repeat(90)
  const stack = stackName(long, 'me/dev')
  assert.ok(stack.length <= 30)
  assert.equal(stackName(long, 'me/dev'), stack)
  assert.notEqual(stackName(`${long}b`, 'me/dev'), stack)
  const name = hashedName('shop-dev', long, '0123456789ab')
  assert.ok(name.length <= 64 && name.endsWith('-0123456789ab'), name)
  assert.notEqual(hashedName('shop-dev', `${long}b`, '0123456789ab'), name)
})

test('Swarm takes every name of a stack, however long those of the definition are', () => {
  const [one, other] = ['x'.repeat(99), `${'x'.repeat(98)}y`]
  const web = {
    dependencies: [
      { name: one, port: 1 },
      { name: other, port: 1 },
    ],
    volumes: [`/${'deep/'.repeat(30)}`],
    secrets: ['s'.repeat(48)],
    configs: { [`/${'c'.repeat(200)}`]: 'f' },
  }
  const scaled = { ports: [1], scaling_policy: { max: 2 } }
  const { stack, configs } = compileAll(
    { web, [one]: scaled, [other]: scaled },
    { ofApp: { app_name: 'a'.repeat(99) }, configs: new Map([['f', 'x']]) },
  )
  const prefix = `${stackName('a'.repeat(99), 'me/dev')}_`
  const keys = [stack.services, stack.networks, stack.volumes].flatMap(Object.keys)
  assert.equal(new Set(keys).size, keys.length)
  for (const key of keys) {
    assert.ok(`${prefix}${key}`.length <= 63, key)
    assert.match(key, /^[a-z0-9]+(?:[a-z0-9-]*[a-z0-9])?$/)
  }
  assert.equal(Object.keys(stack.services).length, 5)
  const files = [...Object.values(stack.secrets), ...Object.values(stack.configs), ...configs]
  for (const { name } of files) assert.ok(name.length <= 64, name)
})

test('components whose names look alike have services of their own', () => {
  const keys = Object.keys(stackOf({ 'web.1': {}, 'web-1': {}, other: {} }).services)
  assert.equal(keys.length, 3)
  assert.ok(keys.includes('s-other'))
})

test('a component that is called like a balancer keeps its name', () => {
  const dependencies = [{ name: 'api', port: 1 }]
  const scaled = { ports: [1], scaling_policy: { max: 2 } }
  const { services } = stackOf({ web: { dependencies }, api: scaled, 'api-balancer': {} })
  assert.equal(services['s-api-balancer']?.deploy.labels['dogfood.kind'], 'component')
  assert.equal(Object.keys(services).length, 4)
})
