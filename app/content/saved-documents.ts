import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

// A start is not held up by a large clean-up: the rest is left to the next change.
const maxRemovals = 1000

const folder = (cacheDir: string): string => join(cacheDir, 'documents')

/** Where the rendered form of a file is saved: by the hash of the file and the code that rendered it. */
export const documentPath = (cacheDir: string, hash: string, code: string): string =>
  join(folder(cacheDir), `${hash}-${code}.json`)

/** Removes documents whose file has changed or gone, or that other code rendered. */
export function removeStaleDocuments(cacheDir: string, hashes: ReadonlySet<string>, code: string): void {
  try {
    const stale = readdirSync(folder(cacheDir)).filter((name) => {
      const [hash = '', by = ''] = name.split(/[-.]/)
      return !(hashes.has(hash) && by === code)
    })
    for (const name of stale.slice(0, maxRemovals)) rmSync(join(folder(cacheDir), name), { force: true })
  } catch {
    // Nothing saved yet, or the folder is read-only.
  }
}
