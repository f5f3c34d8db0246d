import type { RendererObject } from 'marked'
import type { TocItem } from './entry.ts'
import { dataInHtml } from './markdown-data.ts'
import { highlight } from './markdown-highlight.ts'
import { noteOf } from './markdown-notes.ts'
import type { Targets } from './markdown-targets.ts'
import { headingSlug } from './slug.ts'

/** An anchor of the author's choice, as several tools let one write it behind a heading. */
const ownAnchor = /\s*\{:?\s*#([\p{L}\p{N}_.:-]+)[^{}<>]{0,100}\}\s*$/u

/** How this site writes the HTML of headings, code, tables, links and images; fills the table of contents. */
export function rendererFor(toc: TocItem[], targets: Targets, lowered: number): RendererObject {
  const headings = uniqueNames()
  const tables = uniqueNames(' ')
  return {
    heading({ tokens, depth }) {
      const inner = this.parser.parseInline(tokens)
      const [written, ownId] = ownAnchor.exec(inner) ?? ['']
      const html = inner.slice(0, inner.length - written.length)
      const text = plainText(html)
      const id = headings(ownId ?? (headingSlug(targets.withoutMarks(text, () => '')) || 'section'))
      const tocText = targets.withoutMarks(text, (value) => `\0${value}\0`)
      toc.push({ level: Math.min(depth + lowered, 6), id, text: tocText })
      const anchor = `<a class="anchor" href="#${escapeHtml(id)}" aria-label="${escapeHtml(`Link to ${text}`)}">#</a>`
      return `<h${depth} id="${escapeHtml(id)}">${html} ${anchor}</h${depth}>\n`
    },
    code({ text, lang = '' }) {
      const code = text.replace(/\n+$/, '')
      const coloured = highlight(code, lang)
      const name = coloured ? `hljs language-${coloured.language}` : 'hljs'
      return `<pre tabindex="0"><code class="${name}">${coloured?.html ?? escapeHtml(code)}\n</code></pre>\n`
    },
    table({ header, rows }) {
      const row = (cells: typeof header) =>
        `<tr>\n${cells.map((cell) => this.tablecell(cell)).join('')}</tr>\n`
      const names = header.map(({ tokens }) => plainText(this.parser.parseInline(tokens))).filter(Boolean)
      const label = escapeHtml(tables(`Table: ${names.join(', ')}`))
      const body = rows.length > 0 ? `<tbody>\n${rows.map(row).join('')}</tbody>\n` : ''
      const table = `<table>\n<thead>\n${row(header)}</thead>\n${body}</table>`
      return `<section class="table" tabindex="0" aria-label="${label}">${table}</section>\n`
    },
    tablecell({ header, align, tokens }) {
      const tag = header ? 'th' : 'td'
      const attributes = `${header ? ' scope="col"' : ''}${align ? ` class="${align}"` : ''}`
      return `<${tag}${attributes}>${this.parser.parseInline(tokens)}</${tag}>\n`
    },
    blockquote({ tokens }) {
      const note = noteOf(tokens)
      if (!note) return false
      const { kind, title, content } = note
      const head = `<p class="note-title">${title}</p>`
      // Not a landmark, which would need a name of its own on each page.
      return `<aside class="note note-${kind}" role="note" aria-label="${title}">${head}\n${this.parser.parse(content)}</aside>\n`
    },
    html(token) {
      return dataInHtml(token.text, token, targets)
    },
    checkbox({ checked }) {
      const state = checked ? ' checked' : ''
      return `<input type="checkbox" disabled${state} aria-label="${checked ? 'done' : 'to do'}"> `
    },
    link({ href, title, tokens, raw }) {
      targets.written(href, raw)
      return `<a href="${escapeHtml(href)}"${titleOf(title)}>${this.parser.parseInline(tokens)}</a>`
    },
    paragraph({ tokens }) {
      const [only, ...others] = tokens
      if (only?.type !== 'image' || !only.title || others.length > 0) return false
      const image = this.parser.parseInline([{ ...only, title: null }])
      const caption = escapeHtml(only.title)
      return `<figure class="figure">${image}<figcaption>${caption}</figcaption></figure>\n`
    },
    image({ href, title, text, raw }) {
      targets.written(href, raw)
      // An empty alt is for decoration, which an author says in HTML.
      const alt = text.trim() === '' ? '' : ` alt="${escapeHtml(text)}"`
      return `<img src="${escapeHtml(href)}"${alt}${titleOf(title)}>`
    },
  }
}

const titleOf = (title: string | null | undefined): string => (title ? ` title="${escapeHtml(title)}"` : '')

/** Gives each name once; a second one gets a number. */
function uniqueNames(separator = '-'): (name: string) => string {
  const taken = new Map<string, number>()
  return (name) => {
    let unique = name
    for (let count = taken.get(name) ?? 0; taken.has(unique); ) unique = `${name}${separator}${++count}`
    if (unique !== name) taken.set(name, Number(unique.slice(name.length + separator.length)))
    taken.set(unique, taken.get(unique) ?? 0)
    return unique
  }
}

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const entities = new Map(Object.entries(characters).map(([character, entity]) => [entity, character]))

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => characters[character] ?? '')

const plainText = (html: string): string =>
  html
    .replace(/<sup>.*?<\/sup>|<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities.get(entity) ?? '')
    .trim()
