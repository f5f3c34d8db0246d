import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeCardFonts } from '../../brand/card-fonts.ts'

const dir = join(import.meta.dirname, '../../app/cards/fonts')

test('the fonts of the cards are what npm run fonts cuts from the packages', async () => {
  const made = await makeCardFonts()
  assert.deepEqual((await readdir(dir)).sort(), made.map(({ name }) => name).sort())
  for (const { name, bytes } of made) {
    const saved = await readFile(join(dir, name))
    assert.ok(saved.equals(bytes), `${name} is not current: npm run fonts`)
  }
})
