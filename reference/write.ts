import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles } from './pages.ts'

const root = join(import.meta.dirname, '..')

for (const [file, text] of generatedFiles()) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
console.log(`Written: ${[...generatedFiles().keys()].join(', ')}`)
