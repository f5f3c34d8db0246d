import { ContentError, type Fault } from '../content/fault.ts'

const place = /\(([^()\s]+\.njk)\)(?: \[Line (\d+), Column (\d+)\])?/g

/** What nunjucks says of a template that cannot be compiled or rendered, as a fault with its place. */
export function templateFault(error: unknown, name: string): Fault {
  const message = error instanceof Error ? error.message : String(error)
  // Where templates extend each other, the innermost place is the one to mend.
  const places = [...message.matchAll(place)]
  const innermost = places.findLast(([, , line]) => line !== undefined) ?? places.at(-1)
  const [, file = name, line = '1', column = '1'] = innermost ?? []
  const what = message.replaceAll(place, ' ').replace(/Template render error:|\bError:/g, ' ')
  return {
    severity: 'error',
    file: `views/${file}`,
    line: Number(line),
    column: Number(column),
    what: what.replace(/\s+/g, ' ').trim(),
    fix: 'mend the template at this place',
  }
}

/** The same as an error to throw; faults of the content pass through as they are. */
export const templateError = (error: unknown, name: string): ContentError =>
  error instanceof ContentError ? error : new ContentError([templateFault(error, name)])
