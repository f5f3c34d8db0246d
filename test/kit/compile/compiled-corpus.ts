import { compile } from '../../../kit/compile/compile.ts'
import type { Compiled } from '../../../kit/compile/types.ts'
import type { App } from '../../../kit/definition/model.ts'
import { corpus, readExample } from '../definition/corpus.ts'

export interface CompiledExample {
  readonly name: string
  readonly environment: string
  readonly compiled: Compiled
}

/** Each file that an app names, with some content. */
const contents = ({ services }: App): ReadonlyMap<string, string> =>
  new Map(
    services.flatMap(({ components }) =>
      components.flatMap(({ configs }) => configs.map(({ file }): [string, string] => [file, `of ${file}`])),
    ),
  )

/** Every definition of the corpus in each of its environments. */
export const compiledCorpus: readonly CompiledExample[] = corpus.flatMap((example) =>
  example.environments.flatMap((environment) => {
    const { app } = readExample(example, environment)
    if (app === undefined) return []
    return [
      { name: example.name, environment, compiled: compile(app, { environment, configs: contents(app) }) },
    ]
  }),
)
