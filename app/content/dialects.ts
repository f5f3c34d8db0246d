import type { Place, Places } from './markdown-places.ts'
import type { Finding } from './markdown-render.ts'

interface Dialect {
  /** As a report names many of them. */
  kind: string
  pattern: RegExp
  fix?: string
}

const asNote = "write a quotation that begins with '[!NOTE]', '[!TIP]' or '[!WARNING]'"

/** What other tools add to Markdown, and this one leaves as it is written. */
const dialects: readonly Dialect[] = [
  { kind: 'Liquid tags', pattern: /(?<!\{)\{%-?[ \t]*\w[^\n]{0,200}?%\}/g },
  { kind: 'Hugo shortcodes', pattern: /\{\{[<%][^\n]{0,200}?[>%]\}\}/g },
  {
    kind: 'imports and exports',
    pattern: /^(?:import[ \t][^\n]{0,200}['"];?|export[ \t](?:const|default|function)\b.*)$/gm,
  },
  { kind: 'containers', pattern: /^[ \t>]{0,20}:{3,}[ \t]*[a-z][\w-]*/gim, fix: asNote },
  { kind: 'admonitions', pattern: /^[ \t]{0,20}(?:!!!|\?\?\?)\+?[ \t]+[a-z][\w-]*/gim, fix: asNote },
  { kind: 'attribute lists', pattern: /\{:[ \t]?[.:\w][^}\n]{0,200}\}/g },
]

const component = /<([A-Z]\w{0,60})(?=[\s/>])/g
const longest = 40
const mostNames = 5

/** One finding for each kind of foreign syntax, at the first of them. */
export function foreignSyntax(places: Places): Finding[] {
  return dialects.flatMap(({ kind, pattern, fix = 'write them in Markdown, or leave them out' }) => {
    const [first, ...more] = places.all(pattern)
    if (!first) return []
    const { line, column, text } = first
    const written = text.length > longest ? `${text.slice(0, longest)}…` : text
    const what = `${written}${more.length > 0 ? ` and ${more.length} more` : ''}: ${kind} are shown as they are written`
    return [{ severity: 'warning', line, column, what, fix, kind }]
  })
}

/** Components of a page, which HTML knows in lower case alone. */
export class Components {
  readonly #written = new Map<string, Place & { text: string }>()
  readonly #left = new Set<string>()

  constructor(places: Places) {
    for (const found of places.all(component)) {
      const name = found.text.slice(1).toLowerCase()
      if (!this.#written.has(name)) this.#written.set(name, found)
    }
  }

  /** Whether an element that was left out is one of them. */
  leftOut(tag: string): boolean {
    if (this.#written.has(tag)) this.#left.add(tag)
    return this.#written.has(tag)
  }

  findings(): Finding[] {
    const all = [...this.#left].flatMap((tag) => this.#written.get(tag) ?? [])
    const [first] = all
    if (!first) return []
    const { line, column } = first
    const names = all.slice(0, mostNames).map(({ text }) => `${text}>`)
    const more = all.length > mostNames ? ' and others' : ''
    const what = `${names.join(', ')}${more}: components are left out, what they enclose stays`
    const fix = 'write in Markdown what they stand for'
    return [{ severity: 'warning', line, column, what, fix, kind: 'components' }]
  }
}
