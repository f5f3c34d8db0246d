import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * JSON that a folder keeps between starts. `stamp` says what it was derived from: with another stamp, or
 * when the file is damaged or missing, there is nothing saved.
 */
export async function readSaved<T>(file: string, stamp: string): Promise<T | undefined> {
  try {
    const saved = JSON.parse(await readFile(file, 'utf8'))
    return saved.stamp === stamp ? saved.value : undefined
  } catch {
    return undefined
  }
}

/** Saves it whole or not at all; a folder that cannot be written to is no error, the next start derives it again. */
export async function writeSaved(file: string, stamp: string, value: unknown): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    const unfinished = join(dirname(file), `.${process.pid}-${Math.random().toString(36).slice(2)}`)
    await writeFile(unfinished, JSON.stringify({ stamp, value }))
    await rename(unfinished, file)
  } catch {
    return
  }
}
