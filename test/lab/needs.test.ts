import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { needsOf } from './needs.ts'

test('what a test file needs is told by its imports, those of the files it imports too', (t) => {
  const folder = mkdtempSync(join(import.meta.dirname, '..', 'needs-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  file('support.ts', "import { docker } from '../lab/docker.ts'\nimport './a.test.ts'\n")
  const browsing = file('a.test.ts', "import './support.ts'\nawait import('../lab/browser.ts')\n")
  const engine = file('b.test.ts', "import { startEngine } from '../lab/engine.ts'\n")
  const plain = file('c.test.ts', "import { test } from 'node:test'\n")
  assert.deepEqual(needsOf(browsing), ['docker', 'browser'])
  assert.deepEqual(needsOf(engine), ['machine'])
  assert.deepEqual(needsOf(plain), [])
})
