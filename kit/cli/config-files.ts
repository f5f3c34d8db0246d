import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AskedApp } from './asked-app.ts'

/** What the files of `configs` hold, by their names as written; one that cannot be read is left out. */
export function configFiles({ app, folder }: AskedApp): Map<string, Uint8Array> {
  const components = app.services.flatMap((service) => service.components)
  const files = new Set(components.flatMap(({ configs }) => configs.map(({ file }) => file)))
  const contents = new Map<string, Uint8Array>()
  for (const file of files) {
    try {
      contents.set(file, readFileSync(resolve(folder, file)))
    } catch {
      // The compiler knows where it is written, and says so.
    }
  }
  return contents
}
