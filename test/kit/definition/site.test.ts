import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Findings, sayFault } from '../../../kit/definition/fault.ts'
import { readDefinitionFiles } from '../../../kit/definition/read-files.ts'
import { environmentNames } from '../../../kit/definition/variables/read-variables.ts'

const directory = join(import.meta.dirname, '../../..')
const text = readFileSync(join(directory, 'swarmvars.json'), 'utf8')
const environments = environmentNames({ file: 'swarmvars.json', text }, new Findings())

const read = (environment: string) =>
  readDefinitionFiles({ directory, environment, loginName: 'ada', strict: true })

test('the site has environments for production, staging and tests', () => {
  assert.deepEqual(environments, ['dogfood/production', 'dogfood/staging', 'dogfood/testing'])
})

for (const environment of environments)
  test(`the site is right for ${environment}, strictly and without a warning`, () => {
    const { app, faults, warnings } = read(environment)
    assert.deepEqual([...faults, ...warnings].map(sayFault), [])
    assert.deepEqual(
      app?.services.flatMap(({ components }) => components.map(({ name }) => name)),
      ['nginx', 'webapp', 'control', 'worker', 'rediscache', 'redissessions', 'redisqueue'],
    )
  })

test('every component of the site is contained and limited', () => {
  for (const { components } of read('dogfood/production').app?.services ?? [])
    for (const { name, contained, limits } of components) {
      assert.ok(contained, name)
      assert.ok(limits.cpus && limits.memoryBytes && limits.pids, name)
    }
})

test('a definition that is not there is a fault with its name', () => {
  const { app, faults } = readDefinitionFiles({
    directory,
    definition: 'nowhere.json',
    variableFiles: ['neither.json'],
    environment: 'a/b',
    loginName: 'ada',
  })
  assert.equal(app, undefined)
  assert.match(
    faults.map(sayFault).join('\n'),
    /^nowhere\.json: can not be read: .*\nneither\.json: can not be read: /,
  )
})
