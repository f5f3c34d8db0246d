import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Replaces a derived file in one step, so that nobody ever reads half of it. A folder that cannot be written
 * to is no error: the next start derives it again.
 */
export function saveFile(path: string, bytes: Buffer | string): void {
  const unfinished = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
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
