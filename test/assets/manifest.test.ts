import assert from 'node:assert/strict'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openAssets } from '../../app/assets/assets.ts'
import { staticFiles } from './static-files.ts'

test('the second opening takes the saved bundle', async (t) => {
  const files = await staticFiles(t)
  await openAssets(files)
  await replaceSavedBundle(files.cacheDir, 'saved{}')
  assert.equal(await stylesheetOf(files), 'saved{}')
})

test('new times with the same bytes keep the bundle; new bytes do not', async (t) => {
  const files = await staticFiles(t)
  await openAssets(files)
  await replaceSavedBundle(files.cacheDir, 'saved{}')
  await files.touch('css/site.css')
  assert.equal(await stylesheetOf(files), 'saved{}')
  await files.write('css/site.css', 'body{color:red}')
  assert.equal(await stylesheetOf(files), 'body{color:red}')
})

test('an unchanged manifest is not written again', async (t) => {
  const files = await staticFiles(t)
  await openAssets(files)
  const written = await stat(join(files.cacheDir, 'assets.json'))
  await openAssets(files)
  assert.equal((await stat(join(files.cacheDir, 'assets.json'))).ino, written.ino)
})

test('garbage in the cache is replaced', async (t) => {
  const files = await staticFiles(t)
  const good = await stylesheetOf(files)
  for (const garbage of ['', 'null', '{"format":1}', '[1,2']) {
    await writeFile(join(files.cacheDir, 'assets.json'), garbage)
    assert.equal(await stylesheetOf(files), good)
  }
})

test('a cache folder that cannot be written is no error', async (t) => {
  const files = await staticFiles(t)
  await mkdir(files.cacheDir)
  await chmod(files.cacheDir, 0o500)
  await assert.doesNotReject(openAssets(files))
  // Root may write everywhere, so a file in the folder's place is the case that holds for everybody.
  const occupied = join(files.cacheDir, '../occupied')
  await writeFile(occupied, '')
  await assert.doesNotReject(openAssets({ ...files, cacheDir: occupied }))
})

async function stylesheetOf(files: { dir: string; cacheDir: string }): Promise<string> {
  const assets = await openAssets(files)
  return String((await assets.read(assets.url('css/site.css')))?.body)
}

async function replaceSavedBundle(cacheDir: string, css: string): Promise<void> {
  const file = join(cacheDir, 'assets.json')
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), css }))
}
