import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../../../kit/cli/parse.ts'
import type { Verb } from '../../../kit/cli/verb.ts'
import { Failure } from '../../../kit/failure.ts'

const verb = (name: string, more: Partial<Verb> = {}): Verb => ({
  name,
  summary: 'Does it.',
  examples: [],
  reads: true,
  changes: false,
  prints: true,
  load: async () => async () => 0,
  ...more,
})

const verbs = [
  verb('help', { words: { most: 1 } }),
  verb('status', { words: { most: 2 } }),
  verb('logs', { options: { follow: { type: 'boolean', short: 'f', about: '' } } }),
  verb('exec', { words: { least: 1 }, takes: 'COMPONENT', takesCommand: true }),
  verb('secrets set', { words: { least: 1 }, takes: 'NAME', changes: true }),
  verb('secrets list'),
]

test('options may stand before the verb and after it', () => {
  for (const args of [
    ['--env', 'a/b', 'status', 'web'],
    ['-e', 'a/b', 'status', 'web'],
    ['--env=a/b', 'status', 'web'],
    ['status', 'web', '--env', 'a/b'],
  ]) {
    const { verb, asked } = parse(args, verbs)
    assert.deepEqual([verb.name, asked.text('env'), asked.words], ['status', 'a/b', ['web']], args.join(' '))
  }
})

test('a verb of two words is found before its words are taken for others', () => {
  const { verb, asked } = parse(['secrets', 'set', 'key', '--yes'], verbs)
  assert.deepEqual([verb.name, asked.words, asked.flag('yes')], ['secrets set', ['key'], true])
})

test('what may be given several times is a list', () => {
  const { asked } = parse(['status', '--var', 'a=1', '--var', 'b=2'], verbs)
  assert.deepEqual(asked.list('var'), ['a=1', 'b=2'])
})

test('what follows -- is a command, with its own options', () => {
  const { asked } = parse(['exec', 'web', '--', 'ls', '--all', '--', '-f'], verbs)
  assert.deepEqual([asked.words, asked.command], [['web'], ['ls', '--all', '--', '-f']])
})

test('nothing at all asks for help', () => {
  assert.equal(parse([], verbs).verb.name, 'help')
  assert.equal(parse(['--env', 'a/b'], verbs).verb.name, 'help')
})

test('who asks for help need not type the words of the verb', () => {
  for (const line of ['secrets set --help', 'exec -h', '--help exec', 'status a b c --help']) {
    const { verb, asked } = parse(line.split(' '), verbs)
    assert.deepEqual([verb.name === 'help', asked.flag('help')], [false, true], line)
  }
})

test('the first word of several verbs with --help asks for the help of them', () => {
  for (const line of ['secrets --help', 'secrets -h', '--help secrets', '--env a/b secrets --help']) {
    const { verb, asked } = parse(line.split(' '), verbs)
    assert.deepEqual([verb.name, asked.words], ['help', ['secrets']], line)
  }
})

const wrong: readonly (readonly [string, RegExp])[] = [
  ['statu', /no verb "statu"/],
  ['secrets', /needs another word: swarm secrets set, swarm secrets list/],
  ['secrets -- --help', /needs another word/],
  ['secrets set', /takes NAME/],
  ['secrets set -- --help', /takes no command after --/],
  ['statu --help', /no verb "statu"/],
  ['status a b c', /does not take "c"/],
  ['status --colour', /'--colour'/],
  ['status --yes', /'--yes'/],
  ['logs --env', /'-e, --env <value>' argument missing/],
  ['logs -- ls', /takes no command after --/],
]
for (const [line, said] of wrong) {
  test(`"swarm ${line}" is refused with what is wrong`, () => {
    assert.throws(
      () => parse(line.split(' '), verbs),
      (error) => error instanceof Failure && error.kind === 'usage' && said.test(error.message),
    )
  })
}
