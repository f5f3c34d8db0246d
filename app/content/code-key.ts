import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

const root = join(import.meta.dirname, '../..')

const folders = [import.meta.dirname, join(import.meta.dirname, '../images')]

/**
 * Changes with the code that reads content, with that of `more` folders, and with the installed packages: what
 * other code derived is not used again.
 */
export function codeKey(...more: string[]): string {
  const code = [...folders, ...more].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  )
  const stamps = [...code, join(root, 'package-lock.json')].map(stampOf)
  return crc32(stamps.join()).toString(16)
}

// Whole seconds, because image layers keep no more.
function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.size}@${Math.floor(stat.mtimeMs / 1000)}` : ''
}
