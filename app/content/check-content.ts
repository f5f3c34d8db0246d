import { type Content, type ContentOptions, openContent } from './content.ts'
import type { Document, PageEntry } from './entry.ts'
import { ContentError, distinct, type Fault, formatFault } from './fault.ts'

export type CheckOptions = Omit<ContentOptions, 'drafts'> & {
  /** Makes the whole page, to find what only its template can find; throws ContentError. */
  render?: (entry: PageEntry, document: Document, content: Content) => void | Promise<void>
}

/** Renders everything, published and draft, and returns all that is wrong, in order. What it derives is saved for the next start. */
export async function checkContent({ render, ...options }: CheckOptions): Promise<Fault[]> {
  // A link to a draft is sound among drafts and broken on the published site: both are looked at.
  const published = await openContent({ ...options, drafts: false })
  const all = await openContent({ ...options, drafts: true })
  const faults = [...published.faults, ...all.faults]
  const inTemplates = new TemplateFaults()
  for (const [content, wanted] of [
    [published, () => true],
    [all, ({ draft, scheduled = false }: PageEntry) => draft || scheduled],
  ] as const) {
    for (const batch of batches(content)) {
      const found = await Promise.all(batch.filter(wanted).map((entry) => faultsOf(entry, content, render)))
      for (const { entry, faults: own } of found) {
        faults.push(...own.filter((fault) => !isInTemplate(fault)))
        for (const fault of own.filter(isInTemplate)) inTemplates.add(fault, entry.file)
      }
    }
    await content.close()
  }
  return distinct([...faults, ...inTemplates.all()])
}

/** The faults as lines, with a closing count. */
export function faultReport(faults: readonly Fault[]): string {
  const errors = faults.filter(({ severity }) => severity === 'error').length
  const warnings = faults.length - errors
  const total =
    faults.length === 0
      ? 'content: nothing wrong'
      : `content: ${count(errors, 'error')}, ${count(warnings, 'warning')}`
  return [...shown(faults), total].join('\n')
}

// Enough to see what it is about.
const mostOfKind = 10

/** The faults as lines; of many warnings of one kind some, and how many more there are. */
function shown(faults: readonly Fault[]): string[] {
  const counts = new Map<string, number>()
  const lines = faults.flatMap((fault) => {
    const { kind, severity } = fault
    if (kind === undefined || severity === 'error') return [formatFault(fault)]
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    return number > mostOfKind ? [] : [formatFault(fault)]
  })
  const more = [...counts].filter(([, number]) => number > mostOfKind)
  return [...lines, ...more.map(([kind, number]) => `… and ${number - mostOfKind} more warnings: ${kind}`)]
}

const count = (number: number, name: string): string => `${number} ${name}${number === 1 ? '' : 's'}`

// A few at a time: one page is read and saved while the next is rendered.
const batchSize = 20

function* batches(content: Content): Iterable<readonly PageEntry[]> {
  for (let from = 0; from < content.pages.length; from += batchSize)
    yield content.pages.slice(from, from + batchSize)
  for (let from = 0; from < content.postCount; from += batchSize) yield content.posts(from, from + batchSize)
}

async function faultsOf(
  entry: PageEntry,
  content: Content,
  render: CheckOptions['render'],
): Promise<{ entry: PageEntry; faults: readonly Fault[] }> {
  const faults: Fault[] = []
  try {
    const document = await content.document(entry)
    faults.push(...document.faults)
    await render?.(entry, document, content)
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    faults.push(...error.faults)
  }
  return { entry, faults }
}

const isInTemplate = ({ file }: Fault): boolean => file.endsWith('.njk')

/** Each fault of a template once, with the pages that show it: a template may be that of every page. */
class TemplateFaults {
  readonly #found = new Map<string, { fault: Fault; files: Set<string> }>()

  add(fault: Fault, file: string): void {
    const key = formatFault(fault)
    const known = this.#found.get(key) ?? { fault, files: new Set() }
    this.#found.set(key, known)
    known.files.add(file)
  }

  all(): Fault[] {
    return [...this.#found.values()].map(({ fault, files }) => {
      const [first, ...others] = files
      const more = others.length > 0 ? ` and ${count(others.length, 'other page')}` : ''
      return { ...fault, what: `${fault.what} while rendering ${first}${more}` }
    })
  }
}
