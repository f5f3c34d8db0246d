import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { contentFolder } from '../site/site.ts'

export interface SiteProcess {
  readonly url: string
  readonly child: ChildProcess
  readonly output: () => string
  /** Exit code and signal, once it has ended. */
  readonly ended: Promise<[code: number | null, signal: NodeJS.Signals | null]>
}

const root = join(import.meta.dirname, '../..')

/** Runs `app/server.ts`, or another entry, as its own process, until it listens or ends. */
export async function runSite(
  t: Pick<TestContext, 'after'>,
  settings: Record<string, string> = {},
  entry = 'app/server.ts',
): Promise<SiteProcess> {
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      HOST: '127.0.0.1',
      LIVE_RELOAD: 'false',
      STAND_INS: 'false',
      CONTENT_DIR: contentFolder(),
      CACHE_DIR: mkdtempSync(join(tmpdir(), 'dogfood-cache-')),
      ...settings,
    },
  })
  let output = ''
  const ended = once(child, 'exit') as SiteProcess['ended']
  t.after(() => child.kill('SIGKILL'))
  const port = await new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk
      const found = /localhost:(\d+)/.exec(output) ?? /"port":(\d+)/.exec(output)
      if (found) resolve(found[1] ?? '')
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    ended.then(() => resolve(''))
  })
  return { url: `http://127.0.0.1:${port}`, child, output: () => output, ended }
}
