import assert from 'node:assert/strict'

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const decoded = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '')

type Node = Readonly<Record<string, unknown>>

/** What the head of a page says to machines. */
export interface Head {
  /** `meta` by name or property; of several, all. */
  readonly meta: ReadonlyMap<string, readonly string[]>
  /** `link` by its rel. */
  readonly links: ReadonlyMap<string, readonly string[]>
  /** The graph of its JSON-LD. */
  readonly graph: readonly Node[]
  node(type: string): Node | undefined
}

/** Reads the head as a browser would: attributes are decoded, the script is JSON. */
export function readHead(html: string): Head {
  const head = /<head>(.*?)<\/head>/s.exec(html)?.[1] ?? ''
  const attributesOf = (tag: string) =>
    Array.from(head.matchAll(new RegExp(`<${tag} ([^>]*)>`, 'g')), ([, written = '']) =>
      Object.fromEntries(
        Array.from(written.matchAll(/([\w:-]+)="([^"]*)"/g), ([, name, value = '']) => [
          name,
          decoded(value),
        ]),
      ),
    )
  const scripts = [...head.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)]
  assert.ok(scripts.length <= 1)
  const graph: readonly Node[] = scripts[0] ? JSON.parse(scripts[0][1] ?? '')['@graph'] : []
  return {
    meta: grouped(attributesOf('meta').map(({ name, property, content }) => [name ?? property, content])),
    links: grouped(attributesOf('link').map(({ rel, href }) => [rel, href])),
    graph,
    node: (type) => graph.find((node) => node['@type'] === type),
  }
}

function grouped(pairs: readonly (readonly (string | undefined)[])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [key = '', value = ''] of pairs) groups.set(key, [...(groups.get(key) ?? []), value])
  return groups
}
