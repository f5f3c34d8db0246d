import { resolve, sep } from 'node:path'
import type { FSWatcher } from 'chokidar'

export type Change = 'content' | 'views' | 'assets'

export interface WatchOptions {
  /** Compares sizes and times several times a second, for disks that report no changes. */
  polling?: boolean
  /** The files that matter, by their path; all but hidden and temporary ones unless given. */
  only?: RegExp
}

// A save is several events (a temporary file, a rename, a second write), all within this time.
const quietMilliseconds = 50
const patienceMilliseconds = 200
const pollMilliseconds = 100

/**
 * Calls `onChange` once for each save below the folders, with the kinds of source that it touched.
 * Resolves when watching has begun. Throws when the folders can't be watched.
 */
export async function watchFiles<Kind extends string = Change>(
  dirs: Readonly<Record<Kind, string>>,
  onChange: (changed: ReadonlySet<Kind>) => void,
  { polling = false, only = /./ }: WatchOptions = {},
): Promise<{ close(): Promise<void> }> {
  const { watch } = await import('chokidar')
  const roots = Object.entries(dirs).map(([kind, dir]) => ({
    kind: kind as Kind,
    dir: resolve(dir as string),
  }))
  const watcher = watch(
    roots.map(({ dir }) => dir),
    {
      ignored: (path, stats) => isNotSource(path, roots) || (stats?.isFile() === true && !only.test(path)),
      ignoreInitial: true,
      // It would hold back each removal for 100 ms, and so make two changes of a save by rename.
      atomic: false,
      backend: polling ? 'polling' : 'auto',
      pollingInterval: pollMilliseconds,
      pollingBinaryInterval: pollMilliseconds,
    },
  )
  const batch = batchChanges(onChange)
  watcher.on('all', (_event, path) => {
    for (const { kind, dir } of roots) if (path === dir || path.startsWith(dir + sep)) batch.add(kind)
  })
  await begun(watcher)
  return {
    async close() {
      batch.close()
      await watcher.close()
    },
  }
}

/** Hidden files, editors' temporary files and installed packages: none of them shows in a page. */
function isNotSource(path: string, roots: readonly { dir: string }[]): boolean {
  const root = roots.find(({ dir }) => path.startsWith(dir + sep))
  if (!root) return false
  return /(^|[/\\])(\.[^/\\]|node_modules([/\\]|$))|~$/.test(path.slice(root.dir.length + 1))
}

function batchChanges<Kind>(onChange: (changed: ReadonlySet<Kind>) => void) {
  let pending = new Set<Kind>()
  let quiet: NodeJS.Timeout | undefined
  let patience: NodeJS.Timeout | undefined

  const stop = () => {
    clearTimeout(quiet)
    clearTimeout(patience)
    patience = undefined
  }
  const flush = () => {
    stop()
    const changed = pending
    pending = new Set()
    onChange(changed)
  }
  return {
    add(kind: Kind) {
      pending.add(kind)
      clearTimeout(quiet)
      quiet = setTimeout(flush, quietMilliseconds)
      patience ??= setTimeout(flush, patienceMilliseconds)
    },
    close: stop,
  }
}

function begun(watcher: FSWatcher): Promise<void> {
  return new Promise((ready, fail) => {
    watcher.once('ready', ready)
    // Stays for as long as the watcher does: one file that can't be watched must not end the process.
    watcher.on('error', (error) => {
      const what = error instanceof Error ? error.message : String(error)
      fail(new Error(`The sources can't be watched (${what}): allow more watched files, or watch by polling`))
    })
  })
}
