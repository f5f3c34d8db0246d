import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { saveFile } from '../saved/save-file.ts'
import type { Digest } from './sources.ts'

/** What an earlier start worked out: the sources' digests and the bundle made of exactly those (`key`). */
export interface Manifest {
  format: typeof FORMAT
  sources: Record<string, Digest>
  key: string
  css: string
}

// To be raised whenever the same sources would give another bundle.
export const FORMAT = 1

const fileIn = (cacheDir: string): string => join(cacheDir, 'assets.json')

/** The saved manifest, or undefined when there is none that this version can use. */
export function readManifest(cacheDir: string): Manifest | undefined {
  try {
    const saved = JSON.parse(readFileSync(fileIn(cacheDir), 'utf8')) as Partial<Manifest> | null
    const usable = saved?.format === FORMAT && saved.sources && saved.key && typeof saved.css === 'string'
    return usable ? (saved as Manifest) : undefined
  } catch {
    return undefined
  }
}

/** Saves the manifest; a cache that can't be written only costs the next start some time. */
export const saveManifest = (cacheDir: string, manifest: Manifest): void =>
  saveFile(fileIn(cacheDir), JSON.stringify(manifest))
