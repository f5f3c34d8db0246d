import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type Definition, readDefinition } from './read.ts'
import type { TextFile } from './variables/read-variables.ts'

export interface DefinitionFiles {
  /** Folder of the project; messages name files from here. */
  readonly directory: string
  /** swarm.json, unless it is another. */
  readonly definition?: string
  readonly environment: string
  readonly loginName: string
  /** Files of --var-file. */
  readonly variableFiles?: readonly string[]
  /** `name=value` of --var. */
  readonly assignments?: readonly string[]
  readonly strict?: boolean
}

/** Reads the definition of a folder: the one place of this part that opens files. */
export function readDefinitionFiles(files: DefinitionFiles): Definition {
  const { directory, definition = 'swarm.json', variableFiles = [], ...others } = files
  const path = resolve(directory, definition)
  const opened = [path, ...variableFiles.map((file) => resolve(directory, file))].map((file) =>
    open(file, directory),
  )
  const broken = opened.flatMap((file) => ('kind' in file ? [file] : []))
  const [main, ...more] = opened.flatMap((file) => ('kind' in file ? [] : [file]))
  if (broken.length > 0 || main === undefined) return { faults: broken, warnings: [] }
  const variables = open(join(dirname(path), 'swarmvars.json'), directory)
  return readDefinition({
    ...others,
    definition: main,
    folder: basename(dirname(path)),
    variableFiles: more,
    ...(!('kind' in variables) && { variables }),
  })
}

function open(path: string, directory: string): TextFile | Definition['faults'][number] {
  const file = relative(directory, path) || path
  try {
    return { file, text: readFileSync(path, 'utf8') }
  } catch (error) {
    const place = { file, line: 0, column: 0, path: '' }
    return { kind: 'missing', place, message: `can not be read: ${(error as Error).message}` }
  }
}
