import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dump } from 'js-yaml'
import { type Place, type PlaceOptions, placeOf } from './place.ts'
import { Refusal } from './refusal.ts'
import type { Request } from './request.ts'

/** Makes the file of a new post or page, a draft with nothing in it. Throws Refusal, and never overwrites. */
export function makeFile(request: Request, options: PlaceOptions): Place {
  if (/\p{Cc}/u.test(request.title))
    throw new Refusal('The title holds a line break or a control character. Write it on one line.')
  const place = placeOf(request, options)
  const path = join(options.dir, place.file)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, draftOf(request), { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new Refusal(`${path} is there already. Choose another title.`)
    throw new Refusal(`${path} cannot be written (${code}). Check that its folder may be written to.`)
  }
  return place
}

const draftOf = ({ kind, title }: Request): string =>
  [
    '---',
    dump({ title }, { lineWidth: -1 }).trim(),
    'description: # One sentence for lists, feeds and search results.',
    'draft: true',
    ...(kind === 'post' ? ['tags: []'] : []),
    '---',
    '',
    'Begin here.',
    '',
  ].join('\n')
