import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles } from './pages.ts'

const root = join(import.meta.dirname, '..')

try {
  const files = generatedFiles()
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  console.log(`Written: ${[...files.keys()].join(', ')}`)
} catch (error) {
  console.error(`Nothing is written: ${(error as Error).message}`)
  process.exitCode = 1
}
