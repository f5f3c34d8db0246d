import { parentPort } from 'node:worker_threads'
import { saveFile } from '../saved/save-file.ts'
import { type OpenIndex, openIndex, type Window } from './find.ts'
import type { Findable, Found } from './found.ts'
import { bytesInMemory, bytesOfFile, decodeIndex, encodeIndex } from './index-file.ts'
import { plainForm, type Query } from './query.ts'
import { addPage, framed, newIndex, type SearchIndex } from './search-index.ts'
import { type Section, sectionsOf } from './sections.ts'

/** A page as the site hands it over. */
export type PageToAdd = Omit<Findable, 'sections'> & { readonly html: string }

/** Where an index is saved, and what it was made from. */
export interface Place {
  readonly path: string
  readonly key: string
}

export type SearchJob =
  | { readonly do: 'open'; readonly place: Place }
  | { readonly do: 'begin' }
  | { readonly do: 'add'; readonly pages: readonly PageToAdd[] }
  | { readonly do: 'finish'; readonly place: Place }
  | { readonly do: 'find'; readonly query: Query; readonly window: Window }

export type SearchAnswer = { readonly done: boolean } | { readonly found: Found } | { readonly error: string }

let open: OpenIndex | undefined
let building: Building | undefined

interface Building {
  readonly index: SearchIndex
  readonly titles: string[]
  readonly texts: Buffer[]
}

function answerTo(job: SearchJob): SearchAnswer {
  switch (job.do) {
    case 'open':
      return { done: openSaved(job.place) }
    case 'begin':
      use(undefined)
      building = { index: newIndex(), titles: [], texts: [] }
      return { done: true }
    case 'add':
      for (const page of job.pages) if (building) add(building, page)
      return { done: building !== undefined }
    case 'finish':
      return { done: finish(job.place) }
    case 'find':
      return open ? { found: open.find(job.query, job.window) } : { error: 'no index is open' }
  }
}

function openSaved({ path, key }: Place): boolean {
  const bytes = bytesOfFile(path)
  const saved = bytes && decodeIndex(bytes, key)
  if (saved) use(openIndex(saved))
  else bytes?.close()
  return saved !== undefined
}

function add({ index, titles, texts }: Building, { html, ...rest }: PageToAdd): void {
  const sections: readonly Section[] = sectionsOf(html)
  const page: Findable = { ...rest, sections }
  addPage(index, page)
  titles.push(plainForm(page.title))
  texts.push(Buffer.from(JSON.stringify(page)))
}

function finish({ path, key }: Place): boolean {
  if (!building) return false
  const { index, titles, texts } = building
  building = undefined
  const bytes = encodeIndex({ key, titles, ...framed(index), texts })
  saveFile(path, bytes)
  if (openSaved({ path, key })) return true
  // Nothing can be saved here: the bytes stay in memory.
  const saved = decodeIndex(bytesInMemory(bytes), key)
  if (saved) use(openIndex(saved))
  return saved !== undefined
}

function use(next: OpenIndex | undefined): void {
  open?.close()
  open = next
}

parentPort?.on('message', (job: SearchJob) => {
  try {
    parentPort?.postMessage(answerTo(job))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ error: message } satisfies SearchAnswer)
  }
})
parentPort?.postMessage({ done: true } satisfies SearchAnswer)
