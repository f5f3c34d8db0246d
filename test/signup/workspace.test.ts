import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from 'js-yaml'
import {
  suggestWorkspace,
  typedWorkspace,
  workspaceFault,
  workspaceWording,
} from '../../app/signup/workspace.ts'

const good = ['abc', 'engine', 'a1b', 'analytical-engine', 'x-1-y', 'a'.repeat(32)]
const bad = [
  'ab',
  '1ab',
  '-ab',
  'ab-',
  'a--b',
  'a b c',
  'a_b_c',
  'é-é-é',
  'Abc',
  'a'.repeat(33),
  'abc\n',
  'abc.d',
]

test('the name of a workspace is right exactly when the account system takes it', () => {
  const { components } = load(readFileSync('docs/accounts-api.yaml', 'utf8')) as {
    components: { schemas: { WorkspaceName: { pattern: string; minLength: number; maxLength: number } } }
  }
  const { pattern, minLength, maxLength } = components.schemas.WorkspaceName
  const isTaken = (name: string) =>
    new RegExp(pattern, 'u').test(name) && name.length >= minLength && name.length <= maxLength
  for (const name of [...good, ...bad]) assert.equal(workspaceFault(name) === undefined, isTaken(name), name)
  for (const name of good) assert.equal(workspaceFault(name), undefined, name)
  for (const name of bad) assert.equal(workspaceFault(name), workspaceWording.form, name)
  assert.equal(workspaceFault(''), workspaceWording.missing)
})

test('capitals and spaces around a name are not what was meant', () => {
  assert.equal(typedWorkspace('  Engine '), 'engine')
})

test('the name of a company suggests one of the workspace, if it can', () => {
  assert.equal(suggestWorkspace('Acme & Söhne GmbH'), 'acme-sohne-gmbh')
  assert.equal(
    suggestWorkspace('The International Business of Many Machines'),
    'the-international-business-of-ma',
  )
  for (const company of ['', 'ab', '3M Company', '株式会社'])
    assert.equal(suggestWorkspace(company), '', company)
})
