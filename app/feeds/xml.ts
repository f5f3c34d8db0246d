const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser turns them into spaces where an attribute holds them as they are.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

// What XML 1.0 cannot hold, in whatever form it is written (section 2.2).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are left out.
const impossible = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

/** Text as XML holds it; characters that no XML can hold are left out. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(impossible, '')
    .replace(/[&<>\r]/g, (character) => entities[character] ?? character)

const xmlAttribute = (text: string): string =>
  xmlText(text).replace(/["\t\n]/g, (character) => entities[character] ?? character)

type Attributes = Readonly<Record<string, string | undefined>>

/** An XML element; attributes that are undefined are left out, and so is an element with undefined content. */
export function xmlElement(
  name: string,
  attributes: Attributes,
  content?: string | readonly string[],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlAttribute(value ?? '')}"`)
  const inner = typeof content === 'string' ? content : content && `\n${content.join('')}`
  return `<${name}${written.join('')}${inner === undefined ? '/>' : `>${inner}</${name}>`}\n`
}

/** An XML element that holds text; nothing when there is no text. */
export const textElement = (name: string, text: string | undefined, attributes: Attributes = {}): string =>
  text === undefined ? '' : xmlElement(name, attributes, xmlText(text))

/** A whole XML document. */
export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="utf-8"?>\n${root}`
