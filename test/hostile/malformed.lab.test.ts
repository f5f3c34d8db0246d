import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sharedProduction } from '../production/shared.ts'
import type { ProductionStack } from '../production/stack.ts'
import { framingShapes } from './framing-shapes.ts'
import { data, type Field, headers, hello, outcome } from './h2-frames.ts'
import { h2Shapes } from './h2-shapes.ts'
import { requestShapes } from './request-shapes.ts'
import { seenBehind } from './seen.ts'
import { doorsOf, exchange } from './wire.ts'

// An address that is never cached, so that each request for it would be seen behind nginx.
const address = (kind: string, index: number): string => `/admin/hostile-${kind}-${index}`
const hiddenIn = (path: string): string => `${path}-hidden`
const shapes = [...framingShapes, ...requestShapes]

let stack: ProductionStack
before(async () => {
  stack = await sharedProduction()
})
after(() => stack?.down())

test('no malformed or ambiguous request over TLS becomes more than one behind nginx', async (t) => {
  const door = doorsOf(stack).tls
  const answers = await Promise.all(
    shapes.map(({ bytes }, index) => {
      const path = address('tls', index)
      return exchange(door, bytes(path, hiddenIn(path)))
    }),
  )
  const seen = await seenBehind(stack)
  for (const [index, shape] of shapes.entries()) {
    const path = address('tls', index)
    await t.test(shape.name, () => {
      assert.deepEqual(answers[index]?.statuses, shape.answers)
      assert.equal(seen.app(path), shape.reaches)
      assert.ok(seen.balancer(path) <= 1)
      assert.equal(seen.app(hiddenIn(path)) + seen.balancer(hiddenIn(path)), 0)
      if (seen.balancer(path) === 0) assert.equal(answers[index]?.closed, true)
    })
  }
})

test('no request over HTTP/2 becomes another one, or more than one, behind nginx', async (t) => {
  const door = { ...doorsOf(stack).tls, protocol: 'h2' as const }
  const answers = await Promise.all(
    h2Shapes.map(({ frames }, index) => {
      const path = address('h2', index)
      return exchange(door, Buffer.concat([hello(), ...frames(path, hiddenIn(path))]))
    }),
  )
  const seen = await seenBehind(stack)
  for (const [index, shape] of h2Shapes.entries()) {
    const path = address('h2', index)
    await t.test(shape.name, () => {
      assert.equal(outcome(answers[index]?.text ?? ''), shape.answers)
      assert.equal(seen.app(path), shape.reaches)
      assert.equal(seen.balancer(path), shape.reaches)
      assert.equal(seen.app(hiddenIn(path)) + seen.balancer(hiddenIn(path)), 0)
    })
  }
})

test('a read of a public page over HTTP/2 whose body comes in behind it reaches no instance', async () => {
  const door = { ...doorsOf(stack).tls, protocol: 'h2' as const }
  const path = '/hostile-body'
  const fields: Field[] = [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':authority', 'localhost'],
    [':path', path],
  ]
  const body = `0\r\n\r\nGET ${hiddenIn(path)} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  const { text } = await exchange(door, Buffer.concat([hello(), headers(1, fields, true), data(1, body)]))
  const seen = await seenBehind(stack)
  assert.equal(outcome(text), 400)
  assert.deepEqual([seen.balancer(path), seen.app(path)], [1, 0])
  assert.equal(seen.app(hiddenIn(path)) + seen.balancer(hiddenIn(path)), 0)
})

test('without TLS the same requests are redirected or refused, and none gets behind nginx', async () => {
  const door = doorsOf(stack).plain
  const answers = await Promise.all(
    shapes.map(({ bytes }, index) => {
      const path = address('plain', index)
      return exchange(door, bytes(path, hiddenIn(path)))
    }),
  )
  const seen = await seenBehind(stack)
  for (const [index, { name }] of shapes.entries()) {
    const path = address('plain', index)
    const statuses = answers[index]?.statuses ?? []
    assert.ok(statuses.length <= 1 && statuses.every((status) => status >= 300 && status < 600), name)
    assert.equal(seen.balancer(path) + seen.balancer(hiddenIn(path)), 0, name)
  }
})

test('visitors are answered as ever on the connections that nginx keeps to the balancer', async () => {
  const paths = Array.from({ length: 60 }, (_, index) => address('visitor', index))
  for (const path of paths) {
    const { statuses } = await exchange(doorsOf(stack).tls, `GET ${path} HTTP/1.0\r\n\r\n`)
    assert.deepEqual(statuses, [404])
  }
  const seen = await seenBehind(stack)
  for (const path of paths) assert.equal(seen.app(path), 1)
})
