import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { compileAll, stackOf } from './compiling.ts'

const texts = [
  '',
  ' ',
  'no',
  'Y',
  '0444',
  '1e3',
  '12:30',
  '~',
  '<<',
  '- a',
  'a: b',
  '# no',
  '$x $$ $',
  'a\nb',
  '"',
  '\\',
]
const strange = [
  '\u0000',
  '\u007f',
  '\u0085',
  '\u2028',
  '\ufeff',
  'ä',
  '🦴',
  "it's",
  '{{.Task.Slot}}',
  '@a',
  '*a',
  '!a',
  '%',
]

test('any text is the same when it is read again', () => {
  const written = [...texts, ...strange].map((text) => text.replaceAll('$', '$$$$'))
  const env = Object.fromEntries(written.map((text, index) => [`V${index}`, text]))
  const stack = stackOf({ web: { env, args: written } })
  assert.deepEqual(readStack(printStack(stack)), JSON.parse(JSON.stringify(stack)))
})

test('a dollar is written twice, as Docker replaces variables', () => {
  const text = printStack(stackOf({ web: { env: { PRICE: '5 $$ and $$HOME' } } }))
  assert.match(text, /PRICE: "5 \$\$ and \$\$HOME"/)
})

test('a stack is text that people can read', () => {
  const text = printStack(stackOf({ web: { outside: false, args: ['a', 'no'], tmpfs: { '/tmp': '1k' } } }))
  assert.equal(
    text.slice(0, text.indexOf('    deploy:')),
    `version: "3.12"
services:
  s-web:
    image: "example/web:1"
    command: [a, "no"]
    networks:
      s-web--alone: {}
    volumes:
      - type: tmpfs
        target: /tmp
        tmpfs:
          size: 1024
    init: true
`,
  )
})

const written = {
  web: {
    env: { B: '1', A: '2' },
    ports: [80, 81],
    domains: { 'b.c:8443': 80, 'a.b:8081': 81 },
    configs: { '/b': 'f', '/a': 'f' },
    secrets: ['b', 'a'],
    volumes: ['/y', '/x'],
    tmpfs: { '/w': '1m', '/v': '1m' },
    placement: { labels: { b: '1', a: '2' } },
    dependencies: [
      { name: 'db', port: 2 },
      { name: 'api', port: 1, alias: 'x' },
      { name: 'api', port: 2, alias: 'w' },
    ],
  },
  api: { ports: [2, 1], scaling_policy: { max: 2 } },
  db: { ports: [2] },
}

/** The same, with all keys and lists the other way around. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).reverse()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, reversed(inner)] as const)
      .reverse(),
  )
}

test('the same definition is the same text, whatever the order in which it is written', () => {
  const options = { configs: new Map([['f', 'x']]) }
  const one = compileAll(written, options)
  const other = compileAll(reversed(written) as typeof written, options)
  assert.equal(printStack(one.stack), printStack(compileAll(written, options).stack))
  assert.equal(printStack(other.stack), printStack(one.stack))
  assert.deepEqual([other.configs, other.pins], [one.configs, one.pins])
})
