import { join } from 'node:path'
import nunjucks from 'nunjucks'

const folder = join(import.meta.dirname, 'views')
const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folder), {
  autoescape: true,
  throwOnUndefined: false,
  trimBlocks: true,
  lstripBlocks: true,
})

environment.addFilter('time', (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`)

/** Renders a template of the page; whatever it is given is escaped. */
export const render = (template: string, context: object): string => environment.render(template, context)
