import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { createLog } from '../../app/logging/log.ts'
import { sharedContext } from '../../app/pages/shared-context.ts'
import { openSite, viewsDir } from '../../app/pages/site.ts'
import { compileTemplates } from '../../app/templates/compile.ts'

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name)

export interface NamesInTemplates {
  /** What templates expect from outside. */
  readonly free: ReadonlySet<string>
  /** What they read of `page`. */
  readonly ofPage: ReadonlySet<string>
}

/** The names that our templates use and do not set themselves, as nunjucks looks them up. */
export async function namesInTemplates(): Promise<NamesInTemplates> {
  const files = globSync('**/*.njk', { cwd: viewsDir })
  const sources = new Map(files.map((file) => [file, readFileSync(join(viewsDir, file), 'utf8')]))
  const { code } = await compileTemplates(sources)
  const free = new Set<string>()
  for (const text of Object.values(code)) {
    const own = new Set(matches(text, /(?:frame\.set|context\.setVariable)\("(\w+)"/g))
    for (const name of matches(text, /contextOrFrameLookup\(context, frame, "(\w+)"\)/g))
      if (!own.has(name)) free.add(name)
  }
  const ofPage = [...sources.values()].flatMap((text) => matches(text, /\bpage\.(\w+)/g))
  return { free, ofPage: new Set(ofPage) }
}

/** What every template of a site with this content is given. */
export async function sharedNames(t: TestContext, contentDir: string): Promise<string[]> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'reference-'))
  t.after(() => rmSync(cacheDir, { recursive: true, force: true }))
  const config = { ...readConfig({ NODE_ENV: 'test' }), contentDir, cacheDir }
  const { content, assets } = await openSite(config, createLog(config))
  t.after(() => content.close())
  return Object.keys(sharedContext(config, content, assets))
}
