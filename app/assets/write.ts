import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Assets } from './assets.ts'
import { isCompressible } from './types.ts'

const packings = {
  '.br': (body: Buffer) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  '.gz': (body: Buffer) => promisify(gzip)(body, { level: 9 }),
}

/** Writes every static file below `out` at the path of its URL, with `.br` and `.gz` beside text. */
export async function writeAssets(assets: Assets, out: string): Promise<string[]> {
  const urls = assets.names.map((name) => assets.url(name))
  await Promise.all(urls.map((url) => writeAsset(assets, url, out)))
  return urls
}

async function writeAsset(assets: Assets, url: string, out: string): Promise<void> {
  const asset = await assets.read(url)
  if (!asset) return
  const file = join(out, url)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, asset.body)
  if (!isCompressible(asset.type)) return
  for (const [ending, pack] of Object.entries(packings))
    await writeFile(file + ending, await pack(asset.body))
}
