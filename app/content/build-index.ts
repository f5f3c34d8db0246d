import { assemble } from './assemble.ts'
import { type ContentIndex, siteColumns } from './content-index.ts'
import type { Columns } from './index-file.ts'
import { type FileRecord, readRecord } from './record.ts'
import type { Scan } from './scan.ts'

export interface BuildInput {
  dir: string
  scan: Scan
  drafts: boolean
  templates: readonly string[]
  reservedUrls: readonly string[]
  now: number
  /** What an index must be made with to be used again. */
  key: string
  code: string
  /** An index of earlier files: only what has changed since is read. */
  old: ContentIndex | undefined
}

/** Makes the index of a content folder. */
export function buildIndex({ scan, key, code, old, ...options }: BuildInput): {
  columns: Columns
  hashes: ReadonlySet<string>
} {
  const unchanged = old?.unchanged(scan, code)
  const records: FileRecord[] = []
  const texts: string[] = []
  const hashes: string[] = []
  for (const [i, file] of scan.files.entries()) {
    const kept = unchanged?.(i)
    const read = kept ? undefined : readRecord(options.dir, file, scan.sizes[i] ?? 0, scan.layout)
    const text = kept?.record ?? JSON.stringify(read?.record)
    records.push(read?.record ?? (JSON.parse(text) as FileRecord))
    texts.push(text)
    hashes.push(kept?.hash ?? read?.hash ?? '')
  }
  const site = assemble({ ...options, scan, records, hashes })
  return { columns: siteColumns({ key, code }, scan, site, texts, hashes), hashes: new Set(hashes) }
}
