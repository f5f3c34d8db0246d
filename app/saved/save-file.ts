import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from './make-folder.ts'

/**
 * Replaces a derived file in one step, so that nobody ever reads half of it. A folder that cannot be written
 * to is no error: the next start derives it again.
 */
export function saveFile(path: string, bytes: Buffer | string): void {
  if (!makeFolder(dirname(path))) return
  // Containers that share the folder may have equal process numbers.
  const unfinished = `${path}.${randomUUID()}.tmp`
  try {
    writeFileSync(unfinished, bytes)
    renameSync(unfinished, path)
  } catch {
    removeQuietly(unfinished)
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The folder is read-only: there is nothing to remove.
  }
}
