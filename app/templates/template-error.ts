import { ContentError, type Fault } from '../content/fault.ts'

const place = /\(([^()\s]+\.njk)\)(?: \[Line (\d+), Column (\d+)\])?/g

/** What nunjucks says of a template that cannot be compiled, as a fault with its place. */
export const compileFault = (error: unknown, name: string): Fault => faultIn(error, name, 0)

/** The same for one that fails while it renders: there, nunjucks counts lines and columns from nought. */
export const renderError = (error: unknown, name: string): ContentError =>
  new ContentError([faultIn(error, name, 1)])

function faultIn(error: unknown, name: string, offset: 0 | 1): Fault {
  const message = error instanceof Error ? error.message : String(error)
  // Where templates extend each other, the innermost place is the one to mend.
  const places = [...message.matchAll(place)]
  const innermost = places.findLast(([, , line]) => line !== undefined) ?? places.at(-1)
  const [, file = name, line, column] = innermost ?? []
  const what = message.replaceAll(place, ' ').replace(/Template render error:|\bError:/g, ' ')
  return {
    severity: 'error',
    file: `views/${file}`,
    line: line === undefined ? 1 : Number(line) + offset,
    column: column === undefined ? 1 : Number(column) + offset,
    what: what.replace(/\s+/g, ' ').trim(),
    fix: 'mend the template at this place',
  }
}
