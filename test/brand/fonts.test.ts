import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFonts } from '../../brand/fonts.ts'

const dir = join(import.meta.dirname, '../../app/static/fonts')

test('the font files are what npm run fonts cuts from the packages', async () => {
  const made = await makeFonts()
  assert.deepEqual((await readdir(dir)).sort(), made.map(({ name }) => name).sort())
  for (const { name, bytes } of made) {
    const saved = await readFile(join(dir, name))
    assert.ok(saved.equals(bytes), `${name} is not current: npm run fonts`)
  }
})

test('the fonts of an English page take less than 32 kB', async () => {
  const files = await Promise.all(
    ['besley-latin', 'figtree-latin'].map((name) => readFile(join(dir, `${name}.woff2`))),
  )
  assert.ok(files.reduce((sum, { length }) => sum + length, 0) < 32_000)
})
