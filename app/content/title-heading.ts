import type { TocItem } from './entry.ts'
import type { Finding, Rendered } from './markdown-render.ts'
import type { Layout } from './url.ts'

const firstHeading = /^\s*<h2[ >].*?<\/h2>\s*/s

/** The text of the heading that a page begins with, where it alone is of the level of the title. */
export function titleHeading(html: string, [first]: readonly TocItem[], tops: number): string | undefined {
  return tops === 1 && first?.level === 2 && firstHeading.test(html) ? first.text : undefined
}

/** A page whose text begins with its title, without that and with its headings where they were written. */
export function withoutTitle(rendered: Rendered, title: string, layout: Layout): Rendered {
  if (rendered.titleHeading !== title) return rendered
  const [start = '', ...others] = rendered.parts
  const [, ...toc] = rendered.toc
  return {
    ...rendered,
    parts: [start.replace(firstHeading, ''), ...others].map(raised),
    toc: toc.map((item) => ({ ...item, level: item.level - 1 })),
    findings: rendered.findings.flatMap((finding) => repeated(finding, layout)),
  }
}

// In text and attributes, '<' is escaped.
const raised = (html: string): string =>
  html.replace(
    /<(\/?)h([3-6])(?=[ >])/g,
    (_, slash: string, level: string) => `<${slash}h${Number(level) - 1}`,
  )

/** In a folder of somebody else's the title is often written nowhere else. */
function repeated(finding: Finding, layout: Layout): Finding[] {
  if (!finding.isTop) return [finding]
  const what = 'this heading repeats the title, which stands above the text already'
  return layout === 'folder' ? [] : [{ ...finding, what, fix: 'leave it out, as the page does' }]
}
