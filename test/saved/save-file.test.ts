import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { saveFile } from '../../app/saved/save-file.ts'
import { readSaved, writeSaved } from '../../app/saved/saved-json.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'dogfood-saved-'))

test('a file is replaced whole, in folders that need not be there, and nothing else is left', () => {
  const dir = folder()
  saveFile(join(dir, 'a/b/c'), 'one')
  saveFile(join(dir, 'a/b/c'), 'two')
  assert.equal(readFileSync(join(dir, 'a/b/c'), 'utf8'), 'two')
  assert.deepEqual(readdirSync(join(dir, 'a/b')), ['c'])
})

test('where nothing can be written, nothing happens', () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  assert.doesNotThrow(() => saveFile(join(file, 'under a file'), 'x'))
})

test('a saved value is there for its stamp only, and not when it is damaged', () => {
  const file = join(folder(), 'value.json')
  assert.equal(readSaved(file, 'v1'), undefined)
  writeSaved(file, 'v1', { a: 1 })
  assert.deepEqual(readSaved(file, 'v1'), { a: 1 })
  assert.equal(readSaved(file, 'v2'), undefined)
  writeFileSync(file, '{"stamp":"v1","val')
  assert.equal(readSaved(file, 'v1'), undefined)
})
