import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it; answers whether it is there now. Node's own recursive mkdir never ends
 * where an existing folder answers "no such file", as those of /proc do.
 */
export function makeFolder(path: string): boolean {
  const missing: string[] = []
  let folder = resolve(path)
  while (!isFolder(folder) && folder !== dirname(folder)) {
    missing.push(folder)
    folder = dirname(folder)
  }
  return missing.reverse().every(isMade)
}

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    // Another process may have been faster.
    return isFolder(folder)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
