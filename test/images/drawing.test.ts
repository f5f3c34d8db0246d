import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDrawing } from '../../app/images/drawing.ts'
import { drawingHtml } from '../../app/images/drawing-html.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'

const svg = (inside: string, attributes = 'class="drawing" viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`
const read = (inside: string, attributes?: string) => readDrawing(Buffer.from(svg(inside, attributes)))
const html = (inside: string, alt = 'A part', name = 'parts') => {
  const drawing = read(inside)?.drawing
  assert.ok(drawing)
  return drawingHtml(drawing, alt, name)
}

test('a drawing becomes part of the page, said by its alt text', () => {
  assert.equal(
    html(
      '<title>Parts</title><path class="line" stroke="#000" d="M0 0h4"/><text x="1" y="2">A &amp; b</text>',
    ),
    '<svg viewBox="0 0 10 10" class="drawing" role="img" aria-label="A part">' +
      '<path class="line" stroke="#000" d="M0 0h4"/><text x="1" y="2">A &amp; b</text></svg>',
  )
  assert.match(html('<g/>', ''), /^<svg viewBox="0 0 10 10" class="drawing" aria-hidden="true">/)
})

test('the ids of two drawings on a page never meet', () => {
  const inside = '<clipPath id="a"><circle r="1"/></clipPath><g clip-path="url(#a)"><use href="#a"/></g>'
  const [one, two] = [html(inside, 'One', 'one'), html(inside, 'Two', 'two')]
  assert.match(one, /id="drawing-one-a".*url\(#drawing-one-a\).*href="#drawing-one-a"/)
  assert.match(two, /id="drawing-two-a".*url\(#drawing-two-a\).*href="#drawing-two-a"/)
})

const hostile = [
  '<script>alert(1)</script>',
  '<g onload="alert(1)"/>',
  '<foreignObject><iframe src="//x"/></foreignObject>',
  '<style>@import "//x"</style>',
  '<g style="background: url(//x)"/>',
  '<image href="https://example.org/x.png"/>',
  '<use href="https://example.org/x.svg#a"/>',
  '<a href="javascript:alert(1)"><text>x</text></a>',
  '<rect fill="url(https://example.org/x)"/>',
  '<rect fill="u\\72l(//x)"/>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<g id="a b&quot;&gt;"/>',
]

for (const inside of hostile) {
  test(`a drawing loses what could do harm, with a warning: ${inside}`, () => {
    const found = read(`<rect width="1"/>${inside}`)
    assert.ok(found?.drawing && found.faults.length > 0)
    assert.ok(found.faults.every(({ severity }) => severity === 'warning'))
    const written = drawingHtml(found.drawing, '', 'x')
    assert.doesNotMatch(written, /script|on\w+=|style|iframe|example\.org|\/\/x|alert|url\(|href|import/i)
    assert.match(written, /<rect width="1"\/>/)
  })
}

test('a few parts that use each other cannot stand for millions', () => {
  const level = (n: number) => `<g id="l${n}">${`<use href="#l${n + 1}"/>`.repeat(10)}</g>`
  const found = read(`<defs>${[1, 2, 3, 4, 5, 6, 7, 8].map(level).join('')}</defs>`)
  assert.equal(found?.drawing?.markup.match(/<use /g)?.length, 24)
  assert.equal(found?.faults.length, 50)
  assert.match(found?.faults[0]?.what ?? '', /^<use> number 25 was left out/)
})

test('a file that looks like the start of many drawings is read once', { timeout: 10_000 }, () => {
  assert.equal(readDrawing(Buffer.from('<svg '.repeat(4_000_000))), undefined)
})

for (const [what, source] of Object.entries({
  'an entity of its own': `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`,
  'a tag that is not closed': '<svg class="drawing" viewBox="0 0 1 1"><g></svg>',
  'no view box': svg('', 'class="drawing"'),
  'two roots': svg('') + svg(''),
})) {
  test(`a drawing with ${what} is refused with its place`, () => {
    const found = readDrawing(Buffer.from(source))
    assert.equal(found?.drawing, undefined)
    assert.deepEqual([found?.faults[0]?.severity, found?.faults[0]?.line], ['error', 1])
  })
}

test('an SVG without the class, and a drawing over 16 kB, stay images', () => {
  assert.equal(read('<g/>', 'viewBox="0 0 1 1"'), undefined)
  const big = read(`<path d="${'M0 0'.repeat(5000)}"/>`)
  assert.deepEqual([big?.drawing, big?.faults[0]?.severity], [undefined, 'warning'])
})

test('pages and templates show a drawing inline, and see when it changes', async (t) => {
  const drawn = (colour: string) => ({
    ...pages,
    'images/parts.svg': svg(`<rect fill="${colour}" width="4" height="4"/>`),
    'pages/how.md': '---\ntitle: How\n---\n![Four "parts"](../images/parts.svg)\n',
    'pages/index.md':
      '---\ntitle: Home\ntemplate: home\nviews: { drawings: [{ drawing: parts, alt: Three & four }] }\n---\nHi.\n',
  })
  const red = await startSite(t, { contentDir: contentFolder(drawn('red')) })
  assert.match(
    await (await red.get('/how')).text(),
    /<p><svg viewBox="0 0 10 10" class="drawing" role="img" aria-label="Four &quot;parts&quot;"><rect fill="red"/,
  )
  assert.match(await (await red.get('/')).text(), /aria-label="Three &amp; four"><rect fill="red"/)
  const blue = await startSite(t, { contentDir: contentFolder(drawn('blue')) })
  assert.match(await (await blue.get('/how')).text(), /<rect fill="blue"/)
})

test('a drawing that a page shows twice has its ids once', async (t) => {
  const inside = '<clipPath id="a"><circle r="1"/></clipPath><g clip-path="url(#a)"/>'
  const text = '---\ntitle: P\n---\n![1](../images/a.svg) ![2](../images/a.svg)\n'
  const contentDir = contentFolder({ ...pages, 'images/a.svg': svg(inside), 'pages/p.md': text })
  const site = await startSite(t, { contentDir })
  const shown = (await (await site.get('/p')).text()).match(/<svg[^>]*class="drawing".*?<\/svg>/g) ?? []
  const ids = shown.map((one) => /id="([^"]*)"/.exec(one)?.[1] ?? '')
  assert.equal(new Set(ids).size, 2)
  for (const [i, one] of shown.entries()) assert.ok(one.includes(`url(#${ids[i]})`))
})
