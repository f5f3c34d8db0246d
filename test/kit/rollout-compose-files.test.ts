import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { withFiles } from '../../kit/rollout/compose-files.ts'

test('the Compose files are those given, those of COMPOSE_FILE, or those of production', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'compose-files-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const filesOf = (files: string[], composeFile = '') => withFiles({ directory, files }, composeFile).files
  assert.deepEqual(filesOf(['a.yml']), ['a.yml'])
  assert.deepEqual(filesOf([], 'a.yml:b.yml'), [])
  const production = ['docker-compose.yml', 'docker-compose.prod.yml'].map((file) => join(directory, file))
  assert.deepEqual(filesOf([]), production)
  writeFileSync(join(directory, '.env'), 'A=b\nCOMPOSE_FILE=a.yml:b.yml\n')
  assert.deepEqual(withFiles({ directory, files: [] }, undefined).files, [])
})
