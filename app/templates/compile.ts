import type { Fault } from '../content/fault.ts'
import { compileFault } from './template-error.ts'

/** JavaScript of each template by its name, and a fault of each that has no JavaScript. */
export interface Compiled {
  readonly code: Readonly<Record<string, string>>
  readonly faults: Readonly<Record<string, Fault>>
}

/** Compiles every template; one that is broken does not keep the others from working. */
export async function compileTemplates(sources: ReadonlyMap<string, string>): Promise<Compiled> {
  const { default: nunjucks } = await import('nunjucks')
  const code: Record<string, string> = {}
  const faults: Record<string, Fault> = {}
  for (const [name, source] of sources) {
    try {
      code[name] = nunjucks.precompileString(source, { name, wrapper: bare })
    } catch (error) {
      faults[name] = compileFault(error, name)
    }
  }
  return { code, faults }
}

/** Keeps nunjucks from wrapping the code into a script for a browser's `window`. */
const bare = (templates: unknown): string => (templates as { template: string }[])[0]?.template ?? ''
