/** A part of a page: from a heading to the next one. The first has no heading. */
export interface Section {
  readonly id: string
  readonly heading: string
  readonly text: string
}

// What is beyond is not found: a page that long is a book.
const longestText = 200_000

const headingTag = /<h[1-6] id="([^"]*)"[^>]*>(.*?)<\/h[1-6]>/gs
const anchorTag = /<a\b[^>]*class="anchor"[^>]*>.*?<\/a>/gs
const inlineTag =
  /<\/?(?:a|abbr|b|code|del|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)(?:\s[^>]*)?>/g

/** Cuts the HTML of a page into the text of its sections. */
export function sectionsOf(html: string): Section[] {
  const sections: Section[] = []
  let from = 0
  let [id, heading, left] = ['', '', longestText]
  const close = (to: number) => {
    const text = textOf(html.slice(from, to)).slice(0, left)
    left -= text.length
    if (text || heading) sections.push({ id, heading, text })
  }
  for (const { 0: tag, 1: nextId = '', 2: nextHeading = '', index } of html.matchAll(headingTag)) {
    close(index)
    from = index + tag.length
    id = decoded(nextId)
    heading = textOf(nextHeading)
  }
  close(html.length)
  return sections
}

/** The text that readers see of HTML which has been sanitised. */
const textOf = (html: string): string =>
  decoded(
    html
      .replaceAll(anchorTag, '')
      .replaceAll(inlineTag, '')
      .replaceAll(/<[^>]*>/g, ' '),
  )
    .replaceAll(/\s+/g, ' ')
    .trim()

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

const decoded = (text: string): string =>
  text.replaceAll(/&(?:(amp|lt|gt|quot|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (all, name, decimal, hex) => {
    if (name) return entities[name.toLowerCase()] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
