/** Elements that a drawing may be made of. */
export const allowedElements: ReadonlySet<string> = new Set(
  (
    'circle clipPath defs ellipse g line linearGradient marker mask path pattern polygon polyline ' +
    'radialGradient rect stop symbol text tspan use'
  ).split(' '),
)

/** Left out without a word, with all they hold: what the element says in the page is said by its alt text. */
export const silentElements: ReadonlySet<string> = new Set(['title', 'desc', 'metadata'])

const allowedAttributes: ReadonlySet<string> = new Set(
  (
    'alignment-baseline baseline-shift class clip-path clip-rule clipPathUnits color cx cy d display ' +
    'dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style font-weight fx fy ' +
    'gradientTransform gradientUnits height href id lengthAdjust letter-spacing marker-end marker-mid ' +
    'marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset opacity orient ' +
    'paint-order pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX ' +
    'refY rotate rx ry shape-rendering spreadMethod stop-color stop-opacity stroke stroke-dasharray ' +
    'stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width ' +
    'text-anchor text-decoration text-rendering textLength transform vector-effect viewBox visibility width ' +
    'word-spacing x x1 x2 y y1 y2'
  ).split(' '),
)

const silentAttributes = new Set(['focusable', 'lang', 'role', 'version', 'xmlns'])

/** Of another vocabulary, or that a page has no use for: left out without a word. */
export const isSilent = (name: string): boolean =>
  name.includes(':') || silentAttributes.has(name) || /^(?:aria|data)-/.test(name)

const idReference = /^url\(\s*(["']?)#([\w.-]+)\1\s*\)(?=\s|$)/

/**
 * The value as a page may hold it: `prefix` goes before each id. Undefined when it may not hold it, since the
 * value would load something, or could be written so that a browser reads something else.
 */
export function safeValue(name: string, value: string, prefix: string): string | undefined {
  if (!allowedAttributes.has(name)) return undefined
  if (name === 'id') return /^[\w.-]+$/.test(value) ? prefix + value : undefined
  if (name === 'href') return /^#[\w.-]+$/.test(value) ? `#${prefix}${value.slice(1)}` : undefined
  const own = idReference.exec(value)
  const rest = own ? value.slice(own[0].length) : value
  // CSS reads an escape as the letter it stands for, and knows more functions that load than url().
  if (/\\|\/\*|(?:url|src|image|image-set|element|attr|var|env)\s*\(/i.test(rest)) return undefined
  return own ? `url(#${prefix}${own[2]})${rest}` : value
}
