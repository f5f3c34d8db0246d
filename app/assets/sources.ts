import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** One file below the static folder. `name` has forward slashes; `time` is in milliseconds. */
export interface Source {
  name: string
  file: string
  size: number
  time: number
}

/** What is known of a source's bytes, and the size and time they had then. */
export interface Digest {
  size: number
  time: number
  hash: string
  integrity: string
}

/** Every file below `dir`, sorted by name; hidden files and editors' backups are left out. */
export function listSources(dir: string): Source[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^\.|~$/.test(entry.name))
    .map((entry) => describe(dir, join(entry.parentPath, entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function describe(dir: string, file: string): Source {
  const { size, mtimeMs } = statSync(file)
  return { name: relative(dir, file).replaceAll(sep, '/'), file, size, time: mtimeMs }
}

/** The digests of all sources; a file is read only when its size or time is not the saved one. */
export function digestSources(
  sources: readonly Source[],
  saved: Readonly<Record<string, Digest>>,
): Record<string, Digest> {
  return Object.fromEntries(sources.map((source) => [source.name, digestSource(source, saved[source.name])]))
}

function digestSource({ file, size, time }: Source, saved: Digest | undefined): Digest {
  if (saved?.size === size && saved.time === time) return saved
  return { size, time, ...digestBytes(readFileSync(file)) }
}

export function digestBytes(bytes: Buffer): { hash: string; integrity: string } {
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
  }
}

/** A hash of all names and bytes together, the same wherever the files are the same. */
export function digestAll(digests: Readonly<Record<string, Pick<Digest, 'hash'>>>): string {
  const lines = Object.keys(digests)
    .sort()
    .map((name) => `${name} ${digests[name]?.hash}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
