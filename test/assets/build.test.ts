import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { openAssets } from '../../app/assets/assets.ts'
import { writeAssets } from '../../app/assets/write.ts'
import { staticFiles } from './static-files.ts'

const run = promisify(execFile)

test('text is written with .br and .gz that unpack to the same bytes, pictures alone', async (t) => {
  const files = await staticFiles(t)
  await files.write('images/photo.png', 'not text')
  const out = join(files.cacheDir, 'out')
  const assets = await openAssets(files)
  const urls = await writeAssets(assets, out)
  const written = await tree(out)
  assert.equal(urls.length, 4)
  assert.equal(written.length, 3 * 3 + 1)
  for (const file of written.filter((name) => /\.(css|js|svg)$/.test(name))) {
    const body = await readFile(join(out, file))
    assert.deepEqual(brotliDecompressSync(await readFile(join(out, `${file}.br`))), body)
    assert.deepEqual(gunzipSync(await readFile(join(out, `${file}.gz`))), body)
    assert.deepEqual((await assets.read(`/${file}`))?.body, body)
  }
})

test('the command writes the same files each time', async (t) => {
  const { cacheDir } = await staticFiles(t)
  const outs = [join(cacheDir, 'one'), join(cacheDir, 'two')]
  for (const out of outs) {
    const { stdout } = await run(process.execPath, ['app/assets/build.ts', out])
    assert.match(stdout, /^\d+ static files written to /)
  }
  const [one, two] = await Promise.all(outs.map(contents))
  assert.deepEqual(one, two)
  assert.ok([...(one ?? [])].some(([name]) => /^static\/css\/site\.[0-9a-f]{8}\.css\.br$/.test(name)))
})

test('the command without a folder says how to use it', async () => {
  await assert.rejects(run(process.execPath, ['app/assets/build.ts']), {
    code: 2,
    stderr: /app\/assets\/build\.ts FOLDER/,
  })
})

async function tree(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort()
}

async function contents(dir: string): Promise<Map<string, string>> {
  const files = await tree(dir)
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(join(dir, file), 'base64')] as [string, string]),
    ),
  )
}
