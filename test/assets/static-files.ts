import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

const files: Readonly<Record<string, string>> = {
  'css/site.css': '@layer base;\n@import "parts/base.css" layer(base);\nbody { color: black }\n',
  'css/parts/base.css': 'h1 { background: url("../../images/mark.svg#top") }\n',
  'images/mark.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n',
  'js/live.js': 'console.log("live")\n',
}

/** A folder of static files and an empty cache folder, both removed after the test. */
export async function staticFiles(t: TestContext): Promise<{
  dir: string
  cacheDir: string
  write(name: string, text: string): Promise<void>
  touch(name: string): Promise<void>
}> {
  const root = await mkdtemp(join(tmpdir(), 'assets-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  const dir = join(root, 'static')
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
  for (const [name, text] of Object.entries(files)) await write(name, text)
  const touch = (name: string): Promise<void> => utimes(join(dir, name), new Date(0), new Date(0))
  return { dir, cacheDir: join(root, 'cache'), write, touch }
}
