import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayFault } from '../../../kit/definition/fault.ts'
import { type DefinitionSources, readDefinition } from '../../../kit/definition/read.ts'

const definition = (env: string, name = 'a') => ({
  file: 'swarm.json',
  text: `{ "app_name": "${name}", "services": [ { "service_name": "s", "components": [\n{ "component_name": "c", "image": "i", "env": ${env} } ] } ] }`,
})

const swarmvars = (text: string, file = 'swarmvars.json') => ({ file, text })

function read(env: string, sources: Partial<DefinitionSources> = {}) {
  const { app, faults, warnings } = readDefinition({
    definition: definition(env),
    environment: 'dogfood/testing',
    loginName: 'ada',
    ...sources,
  })
  const component = app?.services[0]?.components[0]
  return {
    env: Object.fromEntries(component?.env.map(({ name, value }) => [name, value]) ?? []),
    faults: faults.map(sayFault),
    warnings: warnings.map(sayFault),
  }
}

test('--var beats --var-file, which beats swarmvars.json', () => {
  const sources = {
    variables: swarmvars('{ "dogfood/testing": { "a": "vars", "b": "vars", "c": "vars" } }'),
    variableFiles: [
      swarmvars('{ "dogfood/testing": { "b": "file", "c": "file" } }', 'x.json'),
      swarmvars('{ "c": "later" }', 'y.json'),
    ],
    assignments: ['c=argument=1'],
  }
  assert.deepEqual(read('{ "A": "$a", "B": "$b", "C": "$c" }', sources).env, {
    A: 'vars',
    B: 'file',
    C: 'argument=1',
  })
  assert.deepEqual(read('{ "C": "$c", "AB": "$a$b" }', { ...sources, assignments: [] }).env, {
    C: 'later',
    AB: 'varsfile',
  })
})

test('the four of Giant Swarm are always set, and nothing replaces them', () => {
  const env = ['ORGANIZATION', 'ENVIRONMENT', 'ENV', 'LOGIN_NAME'].map(
    (name) => `"${name}=$GIANTSWARM_${name}"`,
  )
  assert.deepEqual(read(`[${env}]`, { assignments: ['GIANTSWARM_ENV=x'] }).env, {
    ORGANIZATION: 'dogfood',
    ENVIRONMENT: 'testing',
    ENV: 'dogfood/testing',
    LOGIN_NAME: 'ada',
  })
})

test('a variable stands for a whole value, for a part of text, for a key, or for a list', () => {
  const variables = swarmvars('{ "dogfood/testing": { "n": 5, "s": "text", "all": { "X": "1", "Y": 2 } } }')
  assert.deepEqual(read('{ "N": $n, "S": "<$s-$n>", "$s": true }', { variables }).env, {
    N: '5',
    S: '<text-5>',
    text: 'true',
  })
  assert.deepEqual(read('$all', { variables }).env, { X: '1', Y: '2' })
})

test('two dollars are one, and a dollar that begins no name is one', () => {
  assert.deepEqual(read('{ "A": "$$HOME", "B": "$5 and $ and $.x", "C": "$$$$" }').env, {
    A: '$HOME',
    B: '$5 and $ and $.x',
    C: '$$',
  })
})

test('a name may hold dashes where one is defined with them', () => {
  const assignments = ['user=ada', 'api-domain=api.example.com']
  assert.deepEqual(
    read('{ "A": "$user-shop", "B": "$api-domain-x", "C": $api-domain }', { assignments }).env,
    {
      A: 'ada-shop',
      B: 'api.example.com-x',
      C: 'api.example.com',
    },
  )
})

test('a variable that nothing uses is a warning, with its place', () => {
  const { warnings, faults } = read('{ "A": "$a" }', {
    variables: swarmvars(
      '{\n  "dogfood/testing": {\n    "a": 1,\n    "old": 2\n  },\n  "x/y": { "z": 1 }\n}',
    ),
    assignments: ['more=1'],
  })
  assert.deepEqual(faults, [])
  assert.deepEqual(warnings, [
    '--var more: nothing uses $more: remove it, or check its spelling',
    'swarmvars.json:4 dogfood/testing/old: nothing uses $old: remove it, or check its spelling',
  ])
})

test('an environment that the file does not have is a warning that names those it has', () => {
  const { warnings } = read('{}', { variables: swarmvars('{ "a/b": {}, "c/d": {} }') })
  assert.deepEqual(warnings, ['swarmvars.json:1:1: says nothing of dogfood/testing: it has a/b, c/d'])
})

test('what is wrong with variables has its place, too', () => {
  assert.deepEqual(read('{}', { variables: swarmvars('{ "dogfood/testing": { "a": } }') }).faults, [
    'swarmvars.json:1:29: expected a value for "a", got }',
  ])
  assert.deepEqual(read('{}', { variables: swarmvars('{\n"dogfood/testing": 5 }') }).faults, [
    'swarmvars.json:2 dogfood/testing: expected an object with the variables of this environment, got 5',
  ])
  assert.deepEqual(read('{}', { variables: swarmvars('[]') }).faults, [
    'swarmvars.json:1:1: expected an object with environments, got an empty list',
  ])
})

test('a value of --var is never shown, and an environment has two parts', () => {
  assert.deepEqual(read('{}', { assignments: ['=hunter2'] }).faults, ['--var: expected name=value, got "=…"'])
  assert.deepEqual(read('{}', { environment: 'production' }).faults, [
    '--env: expected organization/environment, such as dogfood/production, got "production"',
  ])
})

test('two keys that become one are refused', () => {
  assert.deepEqual(read('{ "$a": 1, "$b": 2 }', { assignments: ['a=X', 'b=X'] }).faults, [
    'swarm.json:2:58: the key "X" is there twice: once as "$b"',
  ])
})
