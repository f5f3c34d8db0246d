import assert from 'node:assert/strict'

/** An element of an XML document, with the text of all it holds. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlNode[]
  text: string
}

const token =
  /<\?xml version="1\.0" encoding="utf-8"\?>\n|<\/([\w:]+)>|<([\w:]+)((?: [\w:]+="[^"<]*")*)(\/?)>|([^<]+)/y

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Reads XML strictly: whatever is not well-formed fails the test. */
export function readXml(xml: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  token.lastIndex = 0
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const found = token.exec(xml)
    assert.ok(found, `not well-formed at ${at}: ${xml.slice(at, at + 60)}`)
    const [, closed, name, attributes = '', isEmpty, text] = found
    const parent = open.at(-1)
    assert.ok(parent)
    if (closed !== undefined) assert.equal(open.pop()?.name, closed)
    else if (name !== undefined) {
      const node: XmlNode = { name, attributes: attributesOf(attributes), children: [], text: '' }
      parent.children.push(node)
      if (!isEmpty) open.push(node)
    } else if (text !== undefined) parent.text += decoded(text)
  }
  assert.equal(open.length, 1, 'an element is not closed')
  assert.equal(root.children.length, 1)
  return root.children[0] as XmlNode
}

function attributesOf(written: string): Record<string, string> {
  const all = [...written.matchAll(/ ([\w:]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    decoded(value),
  ])
  assert.equal(new Set(all.map(([name]) => name)).size, all.length, 'an attribute is there twice')
  return Object.fromEntries(all)
}

function decoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 holds none of these.
  assert.doesNotMatch(text, /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/)
  assert.ok(text.isWellFormed())
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (entity, number, name) => {
    if (number) return String.fromCodePoint(Number(number))
    assert.ok(characters[name], `XML knows no ${entity}`)
    return characters[name] ?? ''
  })
}

/** The elements of a name directly in another. */
export const childrenOf = (node: XmlNode, name: string): XmlNode[] =>
  node.children.filter((child) => child.name === name)

/** The one element of a name directly in another. */
export function childOf(node: XmlNode, name: string): XmlNode {
  const [child, ...others] = childrenOf(node, name)
  assert.ok(child && others.length === 0, `${node.name} has ${others.length + Number(!!child)} of ${name}`)
  return child
}
