import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import subsetFont from 'subset-font'

const images = join(import.meta.dirname, '../app/static/images')
const font = join(import.meta.dirname, '../app/static/fonts/besley-latin.woff2')

const name = 'Dogfood'
const letterSize = 26
const weight = 700
/** Where the letters begin and stand, in units of the mark, which is 32 wide and high. */
const [left, baseline] = [42, 26]

/** The mark with the name beside it, whose letters are outlines: readers need no font. */
export async function makeNameMark(): Promise<string> {
  const mark = await readFile(join(images, 'mark.svg'), 'utf8')
  const shapes = mark.slice(mark.indexOf('<path'), mark.indexOf('</svg>')).trim()
  const { path, width } = await outlines()
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(left + width)} 32" height="48">`,
    `  <title>${name}</title>`,
    '  <style>.name { fill: #221c14 } @media (prefers-color-scheme: dark) { .name { fill: #efe9dd } }</style>',
    `  <g fill="#e5a11a">\n  ${shapes}\n  </g>`,
    `  <path class="name" transform="translate(${left} ${baseline})" d="${path}"/>`,
    '</svg>',
    '',
  ].join('\n')
}

async function outlines(): Promise<{ path: string; width: number }> {
  // fontkit cannot vary the weight of a WOFF2 file: https://github.com/foliojs/fontkit/pull/377
  const fixed = await subsetFont(await readFile(font), name, {
    targetFormat: 'truetype',
    variationAxes: { wght: weight },
  })
  const face = create(fixed) as Font
  const scale = letterSize / face.unitsPerEm
  const { glyphs, positions } = face.layout(name)
  let width = 0
  const paths = glyphs.map(({ path }, i) => {
    const d = path.transform(scale, 0, 0, -scale, width, 0).toSVG()
    width += (positions[i]?.xAdvance ?? 0) * scale
    return d.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100))
  })
  return { path: paths.join(''), width }
}

if (import.meta.main) await writeFile(join(images, 'name-mark.svg'), await makeNameMark())
