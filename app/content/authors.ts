import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import { errorAt } from './source.ts'

/** Somebody who writes, as readers get to know them. */
export interface Author {
  readonly name: string
  readonly url?: string
  readonly about?: string
  /** For search engines; a person when not given. */
  readonly kind?: 'person' | 'organisation'
}

type Data = Readonly<Record<string, unknown>>

const authorsFile = 'data/authors.yml'

/** Who wrote a page: a key of data/authors.yml stands for what it says there, anything else is a name. */
export function authorsOf({ authors }: Pick<PageEntry, 'authors'>, data: Data): readonly Author[] {
  const known = Object.hasOwn(data, 'authors') ? data.authors : undefined
  return authors.map((key) => {
    const author = isMap(known) && Object.hasOwn(known, key) ? known[key] : undefined
    return isAuthor(author) ? author : { name: key }
  })
}

/** What is wrong with data/authors.yml. */
export function authorFaults(data: Data): Fault[] {
  if (!Object.hasOwn(data, 'authors')) return []
  const example = "write it like 'ada: { name: Ada Lovelace, url: https://example.com }'"
  if (!isMap(data.authors))
    return [errorAt(authorsFile, 1, 1, 'the authors are not a map of keys and people', example)]
  return Object.entries(data.authors)
    .filter(([, author]) => !isAuthor(author))
    .map(([key]) =>
      errorAt(
        authorsFile,
        1,
        1,
        `the author '${key}' is not a name with a url, an about and a kind (person or organisation)`,
        example,
      ),
    )
}

const isMap = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isAuthor = (value: unknown): value is Author =>
  isMap(value) &&
  typeof value.name === 'string' &&
  isText(value.about) &&
  [undefined, 'person', 'organisation'].includes(value.kind as Author['kind']) &&
  isText(value.url) &&
  (value.url === undefined || /^(?:https?:\/\/|mailto:|\/(?!\/))/.test(String(value.url)))
