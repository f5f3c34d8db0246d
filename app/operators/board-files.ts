import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const { resolve } = createRequire(import.meta.url)

/** A file of bull-board's built pages. */
export const boardFile = (name: string): string =>
  join(dirname(resolve('@bull-board/ui/package.json')), 'dist', name)

/** A file that a page of the board loads: where it is, relative to the board's path, and the hash of what it holds. */
export interface BoardFile {
  readonly url: string
  readonly integrity: string
}

/** Reads the names, which change with each version, from the page that bull-board would show. */
export function boardFiles(): { scripts: readonly BoardFile[]; styles: readonly BoardFile[] } {
  const html = readFileSync(boardFile('index.ejs'), 'utf8')
  const all = (form: RegExp) =>
    [...html.matchAll(form)].map(([, url = '']) => ({ url, integrity: integrityOf(url) }))
  const scripts = all(/<script defer src="(static\/[^"]+)">/g)
  const styles = all(/<link href="(static\/[^"]+)" rel="stylesheet">/g)
  if (scripts.length === 0 || styles.length === 0)
    throw new Error('bull-board: its page names no scripts or styles')
  return { scripts, styles }
}

const integrityOf = (name: string): string =>
  `sha384-${createHash('sha384')
    .update(readFileSync(boardFile(name)))
    .digest('base64')}`
