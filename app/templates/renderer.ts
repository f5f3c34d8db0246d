import slim from 'nunjucks/browser/nunjucks-slim.js'
import { ContentError, type Fault } from '../content/fault.ts'
import { renderError } from './template-error.ts'
import type { Templates } from './templates.ts'

export interface Renderer {
  /** @throws ContentError that names the place in the template. */
  render(template: string, context: object): string
}

/** Marks HTML of our own, or of the content's allowlist, as not to be escaped again. */
export const safe = (html: string): object => new slim.runtime.SafeString(html)

/**
 * Renders templates, escaping whatever is not marked safe. `shared` is the same for every page; fragments
 * see only that and their argument, so each is rendered once and then kept: most of a page is fragments.
 */
export function createRenderer(templates: Templates, shared: object): Renderer {
  let uncompiled: ContentError | undefined
  const onFault = (fault: Fault) => {
    uncompiled = new ContentError([fault])
    throw uncompiled
  }
  const environment = new slim.Environment([loaderOf(templates, onFault)], { autoescape: true })
  for (const [name, value] of Object.entries(shared)) environment.addGlobal(name, value)

  const kept = new Map<string, object>()
  environment.addGlobal('fragment', (name: string, argument = '') => {
    const key = `${name} ${argument}`
    const html = kept.get(key) ?? safe(environment.render(`fragments/${name}.njk`, { section: argument }))
    kept.set(key, html)
    return html
  })

  return {
    render(template, context) {
      uncompiled = undefined
      try {
        return environment.render(`${template}.njk`, context)
      } catch (error) {
        // nunjucks passes on the text of an error only.
        throw uncompiled ?? renderError(error, `${template}.njk`)
      }
    },
  }
}

const loaderOf = ({ code, faults }: Templates, onFault: (fault: Fault) => never) => ({
  async: false as const,
  getSource(name: string) {
    const fault = faults[name]
    if (fault) onFault(fault)
    const source = code[name]
    if (source === undefined) throw new Error(`there is no template ${name}`)
    return { src: { type: 'code', obj: evaluate(source) }, path: name, noCache: false } as never
  },
})

/** Runs what nunjucks compiled from our own templates; content never comes here. */
const evaluate = (code: string): object => new Function(code)()
