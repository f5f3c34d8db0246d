import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ContentError, type Fault } from './fault.ts'
import { kindOf, type Layout } from './url.ts'

/** The files of a content folder as the file system tells them, in a fixed order. */
export interface Scan {
  layout: Layout
  /** Relative paths with '/'. */
  files: readonly string[]
  /** Bytes. */
  sizes: Float64Array
  /** Modification times in ms; NaN for a file too young to be told from its next change. */
  times: Float64Array
  faults: readonly Fault[]
}

interface Folder {
  path: string
  /** Real paths from the root down to this folder, to see loops. */
  chain: readonly string[]
  linked: boolean
}

interface Walk {
  dir: string
  root: string
  layout: Layout
  files: string[]
  sizes: number[]
  times: number[]
  faults: Fault[]
  /** Pages in a language that is not plain Markdown. */
  leftOut: string[]
}

// A file system's clock ticks in steps of some ms: two changes within one step have the same time.
const clockStep = 50

// Beside these, a folder 'pages' is one of many.
const ofAnotherTool =
  /^(?:_config\.ya?ml|_posts|\.vitepress|antora\.yml|book\.toml|docusaurus\.config\.\w+|hugo\.\w+|mkdocs\.ya?ml)$/i

const indexNames = ['index.md', '_index.md', 'readme.md']

/** Files that could be the page of their folder, but for another that comes first. */
function secondIndexes(names: readonly string[]): string[] {
  const found = names.filter((name) => /^(?:_?index|readme)\.md$/i.test(name))
  const rank = (name: string) => indexNames.indexOf(name.toLowerCase())
  const first = Math.min(...found.map(rank))
  return found.filter((name) => rank(name) > first)
}

/** Lists the files the site uses, with size and time. Nothing is read; what cannot be followed is a fault. */
export function scanFolder(dir: string): Scan {
  const started = Date.now()
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    const fix = 'create it, or point CONTENT_DIR at another one'
    throw new ContentError([
      { severity: 'error', file: dir, line: 1, column: 1, what: 'there is no such content folder', fix },
    ])
  }
  const root = realpathSync(dir)
  const layout = layoutOf(dir)
  const walk: Walk = { dir, root, layout, files: [], sizes: [], times: [], faults: [], leftOut: [] }
  const tops = layout === 'site' ? ['data', 'images', 'pages', 'posts'] : ['']
  const present = new Set(readdirSync(dir))
  for (const top of tops) {
    if (top === '') walkFolder(walk, { path: '', chain: [root], linked: false })
    else if (present.has(top)) visit(walk, { path: '', chain: [root], linked: false }, top)
  }
  const times = Float64Array.from(walk.times, (time) => (time > started - clockStep ? Number.NaN : time))
  if (walk.leftOut.length > 0) fault(walk, walk.leftOut[0] ?? '', ...leftOut(walk.leftOut.length), 'warning')
  return { layout, files: walk.files, sizes: Float64Array.from(walk.sizes), times, faults: walk.faults }
}

/** Whether the pages of a content folder lie in pages/, or the folder itself is the pages. */
export function layoutOf(dir: string): Layout {
  const names = statSync(dir, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(dir) : []
  const hasPages = statSync(join(dir, 'pages'), { throwIfNoEntry: false })?.isDirectory()
  return hasPages && !names.some((name) => ofAnotherTool.test(name)) ? 'site' : 'folder'
}

function walkFolder(walk: Walk, folder: Folder): void {
  let names: string[]
  try {
    names = readdirSync(join(walk.dir, folder.path)).sort()
  } catch (error) {
    const fix = 'check that the site may read it'
    fault(walk, folder.path || '.', `this folder cannot be read (${codeOf(error)})`, fix)
    return
  }
  const seconds = secondIndexes(names)
  for (const name of names) {
    if (name.startsWith('.') || name === 'node_modules') continue
    if (seconds.length > 0 && seconds.includes(name)) continue
    visit(walk, folder, name)
  }
}

function visit(walk: Walk, folder: Folder, name: string): void {
  const path = folder.path === '' ? name : `${folder.path}/${name}`
  const full = `${walk.dir}/${path}`
  const stat = lstatSync(full, { throwIfNoEntry: false })
  if (!stat) return
  if (stat.isFile()) add(walk, path, stat.size, stat.mtimeMs)
  else if (stat.isDirectory())
    walkFolder(walk, { path, chain: [...folder.chain, full], linked: folder.linked })
  else if (stat.isSymbolicLink()) follow(walk, folder, path)
  else if (kindOf(path, walk.layout)) fault(walk, path, 'this is not a regular file', 'replace it with one')
}

function follow(walk: Walk, folder: Folder, path: string): void {
  const found = targetOf(walk, folder, path)
  if ('what' in found) {
    fault(walk, path, found.what, found.fix)
    return
  }
  const { target } = found
  const stat = statSync(target)
  if (stat.isFile()) add(walk, path, stat.size, stat.mtimeMs)
  else walkFolder(walk, { path, chain: [...folder.chain, target], linked: true })
}

function targetOf(
  walk: Walk,
  folder: Folder,
  path: string,
): { target: string } | { what: string; fix: string } {
  let target: string
  try {
    target = realpathSync(join(walk.dir, path))
  } catch (error) {
    const where = codeOf(error) === 'ELOOP' ? 'back to itself' : 'nowhere'
    const fix = 'remove it, or point it at a file of the content folder'
    return { what: `this symbolic link leads ${where}`, fix }
  }
  if (!`${target}/`.startsWith(`${walk.root}/`)) {
    return {
      what: 'this symbolic link leads out of the content folder',
      fix: 'copy what it points at into the folder',
    }
  }
  if (folder.chain.some((step) => `${realpathSync(step)}/`.startsWith(`${target}/`))) {
    return {
      what: 'this symbolic link leads back to a folder around it',
      fix: 'remove it: it would never end',
    }
  }
  if (folder.linked && statSync(target).isDirectory()) {
    return {
      what: 'this symbolic link lies in a folder that is itself linked',
      fix: 'link to its target directly',
    }
  }
  return { target }
}

function add(walk: Walk, path: string, size: number, time: number): void {
  if (/\.mdx$/i.test(path)) walk.leftOut.push(path)
  if (!kindOf(path, walk.layout)) return
  walk.files.push(path)
  walk.sizes.push(size)
  walk.times.push(time)
}

const leftOut = (count: number) =>
  [
    `${count === 1 ? 'this file is' : `this and ${count - 1} more MDX files are`} left out: MDX is a program`,
    "write it in Markdown and end its name with '.md'",
  ] as const

function fault(
  walk: Walk,
  file: string,
  what: string,
  fix: string,
  severity: Fault['severity'] = 'error',
): void {
  walk.faults.push({ severity, file, line: 1, column: 1, what, fix })
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)
