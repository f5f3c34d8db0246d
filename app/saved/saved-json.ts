import { readFileSync } from 'node:fs'
import { saveFile } from './save-file.ts'

/**
 * A value kept as JSON between starts. `stamp` says what it was derived from: with another stamp, or when
 * the file is damaged or missing, there is none.
 */
export function readSaved<T>(path: string, stamp: string): T | undefined {
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8'))
    return saved.stamp === stamp ? saved.value : undefined
  } catch {
    return undefined
  }
}

export const writeSaved = (path: string, stamp: string, value: unknown): void =>
  saveFile(path, JSON.stringify({ stamp, value }))
