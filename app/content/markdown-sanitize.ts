import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html'

const allowedTags = (
  'a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure ' +
  'h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong ' +
  'sub summary sup table tbody td tfoot th thead time tr u ul var wbr'
).split(' ')

const everywhere =
  'id class title lang dir role aria-label aria-labelledby aria-describedby aria-hidden'.split(' ')

const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel', 'data-footnote-ref', 'data-footnote-backref'],
  col: ['span'],
  colgroup: ['span'],
  details: ['open'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
  input: ['type', 'checked', 'disabled'],
  li: ['value'],
  ol: ['start', 'reversed'],
  pre: ['tabindex'],
  section: ['tabindex', 'data-footnotes'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  time: ['datetime'],
}

const allowed = new Map(allowedTags.map((tag) => [tag, [...everywhere, ...(allowedAttributes[tag] ?? [])]]))

export interface SanitizeHooks {
  /** Something the page may not hold was left out. */
  removed(tag: string, attribute?: string): void
  /** Returns what stands for the target of a link or image; undefined leaves it out. */
  target(tag: 'a' | 'img', target: string, attributes: Attributes): string | undefined
  /** Steps that all headings go down: the title of the page is the only one of its level. */
  lowered: number
  /** An element that anchors can point to. */
  id(id: string): void
}

/** Lets through what the allowlist names, balanced, with every link and image given to the hooks. */
export function sanitize(html: string, hooks: SanitizeHooks): string {
  const clean = sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: Object.fromEntries(allowed),
    // Targets are checked by the hook, which sees them before anything stands for them.
    allowedSchemesAppliedToAttributes: [],
    nestingLimit: 100,
    onOpenTag: (tag, attributes) => inspect(tag, attributes, hooks),
    transformTags: {
      ...(hooks.lowered > 0 ? lowerHeadings : { h1: 'h2' }),
      a: (tagName, attributes) => ({ tagName, attribs: withTarget('a', 'href', attributes, hooks) }),
      img: (_, attributes) => imageOrText(attributes, hooks),
      input: (tagName, attributes) => ({
        tagName,
        attribs: { ...attributes, type: 'checkbox', disabled: '' },
      }),
    },
  })
  // Text and attributes are escaped by now: only void elements end like this.
  return clean.replaceAll(' />', '>')
}

/** An image that a page may not show leaves its alt text. */
function imageOrText(attributes: Attributes, hooks: SanitizeHooks): Tag {
  const attribs = withTarget('img', 'src', attributes, hooks)
  if (attributes.src === undefined || attribs.src !== undefined) return { tagName: 'img', attribs }
  return { tagName: 'span', attribs: { class: 'no-image' }, text: attributes.alt ?? '' }
}

const lowerHeadings = Object.fromEntries([1, 2, 3, 4, 5].map((level) => [`h${level}`, `h${level + 1}`]))

function inspect(tag: string, attributes: Attributes, hooks: SanitizeHooks): void {
  const names = allowed.get(tag)
  if (!names) hooks.removed(tag)
  for (const [name, value] of Object.entries(names ? attributes : {})) {
    if (!names?.includes(name)) hooks.removed(tag, name)
    else if (name === 'id') hooks.id(value)
  }
}

function withTarget(
  tag: 'a' | 'img',
  name: 'href' | 'src',
  attributes: Attributes,
  hooks: SanitizeHooks,
): Attributes {
  const { [name]: target, ...rest } = attributes
  if (target === undefined) return attributes
  const image: Attributes = tag === 'img' ? { alt: '', loading: 'lazy', decoding: 'async' } : {}
  const value = hooks.target(tag, target, rest)
  return { ...image, ...(value !== undefined && { [name]: value }), ...rest }
}
