import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Findings } from '../../../kit/definition/fault.ts'
import { type Definition, readDefinition } from '../../../kit/definition/read.ts'
import { environmentNames, type TextFile } from '../../../kit/definition/variables/read-variables.ts'

/** Definitions as people wrote them in 2014 and 2015, and some with keys of our own. */
export interface Example {
  readonly name: string
  readonly definition: TextFile
  readonly variables?: TextFile
  readonly environments: readonly string[]
}

const folder = join(import.meta.dirname, 'corpus')

export const corpus: readonly Example[] = globSync('*.json', { cwd: folder })
  .filter((file) => !file.endsWith('.vars.json'))
  .sort()
  .map((file) => {
    const name = basename(file, '.json')
    const definition = { file: 'swarm.json', text: readFileSync(join(folder, file), 'utf8') }
    const [found] = globSync(`${name}.vars.json`, { cwd: folder })
    if (found === undefined) return { name, definition, environments: ['me/dev'] }
    const variables = { file: 'swarmvars.json', text: readFileSync(join(folder, found), 'utf8') }
    return { name, definition, variables, environments: environmentNames(variables, new Findings()) }
  })

export const readExample = (
  { name, definition, variables }: Example,
  environment: string,
  text = definition.text,
): Definition =>
  readDefinition({
    definition: { ...definition, text },
    variables,
    environment,
    loginName: 'ada',
    folder: name,
  })
