import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readSaved, writeSaved } from '../saved/saved-json.ts'
import { type Compiled, compileTemplates } from './compile.ts'

/** The layouts and fragments of the site, compiled. */
export interface Templates extends Compiled {
  /** Hash of the sources. */
  readonly version: string
  /** Names that content may ask for in `template:`, without the ending. */
  readonly names: readonly string[]
}

const ending = '.njk'
const savedFile = 'templates.json'

type Saved = Compiled & { readonly version: string }

/** Opens a folder of nunjucks templates: what an earlier start compiled is used while no file has changed. */
export async function openTemplates({
  dir,
  cacheDir,
}: {
  dir: string
  cacheDir: string
}): Promise<Templates> {
  const files = templateFiles(dir)
  const stamp = stampOf(dir, files)
  const saved = readSaved<Saved>(join(cacheDir, savedFile), stamp)
  const compiled = saved ?? (await compileAll(dir, files))
  if (!saved) writeSaved(join(cacheDir, savedFile), stamp, compiled)
  const names = files.filter((file) => !file.includes('/')).map((file) => file.slice(0, -ending.length))
  return { ...compiled, names }
}

const templateFiles = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith(ending))
    .sort()

const stampOf = (dir: string, files: readonly string[]): string =>
  files
    .map((file) => [file, statSync(join(dir, file))] as const)
    .map(([file, { size, mtimeMs }]) => `${file} ${size} ${mtimeMs}`)
    .join('\n')

async function compileAll(dir: string, files: readonly string[]): Promise<Saved> {
  const sources = new Map(files.map((file) => [file, readFileSync(join(dir, file), 'utf8')]))
  const version = createHash('sha256')
    .update(JSON.stringify([...sources]))
    .digest('hex')
    .slice(0, 16)
  return { version, ...(await compileTemplates(sources)) }
}
