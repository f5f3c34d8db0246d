import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import type { FontFile } from './fonts.ts'
import { subsets } from './typefaces.ts'

const require = createRequire(import.meta.url)
const target = join(import.meta.dirname, '../app/cards/fonts')

// The library that reads them on the server knows no weights of a WOFF2: each file has the one that cards are set in.
const faces = [
  { name: 'besley', weight: 650 },
  { name: 'figtree', weight: 500 },
]

/** Cuts the fonts that card images are set in, from the same packages as those of the pages. */
export async function makeCardFonts(): Promise<FontFile[]> {
  const sources = Map.groupBy(subsets, ({ source }) => source)
  const files: FontFile[] = []
  for (const { name, weight } of faces)
    for (const [source, parts] of sources) {
      const path = `@fontsource-variable/${name}/files/${name}-${source}-wght-normal.woff2`
      const characters = parts.map((part) => part.characters).join('')
      const bytes = await subsetFont(await readFile(require.resolve(path)), characters, {
        targetFormat: 'woff2',
        variationAxes: { wght: weight },
      })
      files.push({ name: `${name}-${source}.woff2`, bytes })
    }
  return files
}

if (import.meta.main) {
  await mkdir(target, { recursive: true })
  for (const { name, bytes } of await makeCardFonts()) {
    await writeFile(join(target, name), bytes)
    console.log(`${name} ${bytes.length} bytes`)
  }
}
