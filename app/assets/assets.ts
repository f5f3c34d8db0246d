import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FORMAT, type Manifest, readManifest, saveManifest } from './manifest.ts'
import { type Digest, digestAll, digestBytes, digestSources, listSources } from './sources.ts'
import { bundleStylesheet, StylesheetError } from './stylesheet.ts'
import { typeOf } from './types.ts'

/** The static files under names that change with their bytes. */
export interface Assets {
  readonly version: string
  readonly names: readonly string[]
  /** 'css/site.css' -> '/static/css/site.3f9a12cd.css'. Throws with the known names when it is not one. */
  url(name: string): string
  /** 'sha384-…' of the bytes served under that name. */
  integrity(name: string): string
  /** The bytes and media type behind a URL that `url` gave, for servers without nginx. */
  read(url: string): Promise<{ body: Buffer; type: string } | undefined>
}

export interface AssetsOptions {
  /** The folder of sources, `app/static`. */
  dir: string
  /** Where the manifest is kept between starts; without it everything is made anew. */
  cacheDir?: string
  /** Told of a stylesheet that can't be bundled; the last good one stays. Without it, opening throws. */
  onFault?: (message: string) => void
}

// The one stylesheet of the site: all other .css files are parts that it imports.
const STYLESHEET = 'css/site.css'

/** Opens the static files; calling it again after a change is the refresh. Throws a StylesheetError. */
export async function openAssets({ dir, cacheDir, onFault }: AssetsOptions): Promise<Assets> {
  const saved = cacheDir === undefined ? undefined : readManifest(cacheDir)
  const sources = digestSources(listSources(dir), saved?.sources ?? {})
  const key = digestAll(sources)
  try {
    const css = saved?.key === key ? saved.css : await bundle(dir, sources)
    const manifest: Manifest = { format: FORMAT, sources, key, css }
    if (cacheDir !== undefined && !isSame(saved, manifest)) saveManifest(cacheDir, manifest)
    return assetsOf(dir, sources, css)
  } catch (error) {
    if (!onFault || !(error instanceof StylesheetError)) throw error
    onFault(error.message)
    return assetsOf(dir, sources, saved?.css ?? '')
  }
}

async function bundle(dir: string, sources: Record<string, Digest>): Promise<string> {
  if (!sources[STYLESHEET]) return ''
  return bundleStylesheet(dir, STYLESHEET, (name) => {
    const source = isPart(name) ? undefined : sources[name]
    return source && hashedUrl(name, source.hash)
  })
}

function assetsOf(dir: string, sources: Record<string, Digest>, css: string): Assets {
  const stylesheet = Buffer.from(css)
  const digests = new Map<string, Pick<Digest, 'hash' | 'integrity'>>()
  for (const [name, digest] of Object.entries(sources)) if (!isPart(name)) digests.set(name, digest)
  if (digests.has(STYLESHEET)) digests.set(STYLESHEET, digestBytes(stylesheet))

  const names = new Map([...digests].map(([name, { hash }]) => [hashedUrl(name, hash), name]))
  const digest = (name: string) => digests.get(name) ?? unknown(name, [...digests.keys()])
  return {
    version: digestAll(Object.fromEntries(digests)).slice(0, 16),
    names: [...digests.keys()],
    url: (name) => hashedUrl(name, digest(name).hash),
    integrity: (name) => digest(name).integrity,
    async read(url) {
      const name = names.get(url)
      if (name === undefined) return undefined
      return { body: name === STYLESHEET ? stylesheet : await readFile(join(dir, name)), type: typeOf(name) }
    },
  }
}

const isPart = (name: string): boolean => name.endsWith('.css') && name !== STYLESHEET

const hashedUrl = (name: string, hash: string): string =>
  `/static/${name.replace(/(\.[^./]*)?$/, `.${hash.slice(0, 8)}$1`)}`

function unknown(name: string, known: readonly string[]): never {
  throw new Error(`asset('${name}') names no static file; there are: ${known.join(', ')}`)
}

const isSame = (saved: Manifest | undefined, now: Manifest): boolean =>
  saved?.key === now.key && JSON.stringify(saved.sources) === JSON.stringify(now.sources)
