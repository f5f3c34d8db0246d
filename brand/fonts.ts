import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { type Subset, subsets, type Typeface, typefaces } from './typefaces.ts'

/** A subset as WOFF2, by the name it has in `app/static/fonts`. */
export interface FontFile {
  readonly name: string
  readonly bytes: Buffer
}

const require = createRequire(import.meta.url)
const target = join(import.meta.dirname, '../app/static/fonts')

/** Cuts every font file of the site from the packages that carry the typefaces. */
export async function makeFonts(): Promise<FontFile[]> {
  const files: FontFile[] = []
  for (const typeface of typefaces)
    for (const style of typeface.styles)
      for (const subset of subsets) files.push(await makeFont(typeface, style, subset))
  return files
}

async function makeFont({ name, weights }: Typeface, style: string, subset: Subset): Promise<FontFile> {
  const source = `@fontsource-variable/${name}/files/${name}-${subset.source}-wght-${style}.woff2`
  const bytes = await subsetFont(await readFile(require.resolve(source)), subset.characters, {
    targetFormat: 'woff2',
    variationAxes: { wght: weights },
    // Alternates and ligatures that no style asks for would add a fifth.
    noLayoutClosure: true,
  })
  const ending = style === 'normal' ? '' : `-${style}`
  return { name: `${name}-${subset.name}${ending}.woff2`, bytes }
}

if (import.meta.main) {
  await mkdir(target, { recursive: true })
  for (const { name, bytes } of await makeFonts()) {
    await writeFile(join(target, name), bytes)
    console.log(`${name} ${bytes.length} bytes`)
  }
}
