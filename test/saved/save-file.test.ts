import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFolder } from '../../app/saved/make-folder.ts'
import { saveFile } from '../../app/saved/save-file.ts'
import { readSaved, writeSaved } from '../../app/saved/saved-json.ts'

const source = join(import.meta.dirname, '../../app/saved')
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

test('a folder that cannot be made is given up at once', { timeout: 10_000 }, () => {
  const script = `import { saveFile } from ${JSON.stringify(join(source, 'save-file.ts'))}
    saveFile('/proc/nowhere/a/b', 'x')`
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { timeout: 8000 })
  assert.equal(status, 0)
})

test('a folder is there, whoever made it', () => {
  const dir = folder()
  assert.equal(makeFolder(join(dir, 'a/b')), true)
  assert.equal(makeFolder(join(dir, 'a/b')), true)
  writeFileSync(join(dir, 'file'), '')
  symlinkSync('missing', join(dir, 'link'))
  for (const name of ['file', 'file/a', 'link', 'link/a']) assert.equal(makeFolder(join(dir, name)), false)
})

test('processes with one number that share a folder never write into each other', () => {
  const dir = folder()
  // Stands for what another container with this process number is just writing.
  mkdirSync(join(dir, `value.${process.pid}.tmp`))
  saveFile(join(dir, 'value'), 'mine')
  assert.equal(readFileSync(join(dir, 'value'), 'utf8'), 'mine')
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
