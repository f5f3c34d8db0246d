import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { type App, createApp } from '../../app/app.ts'
import type { Config } from '../../app/config/config.ts'
import { readConfig } from '../../app/config/read.ts'
import { createLog, type Log } from '../../app/logging/log.ts'

/** A website on a port of its own, with a few pages of content. */
export interface TestSite {
  readonly url: string
  readonly app: App
  readonly server: Server
  readonly config: Config
  /** What it has logged, a line each. */
  readonly lines: string[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

export const pages: Readonly<Record<string, string>> = {
  'pages/index.md': '---\ntitle: Home\nnav_order: 1\n---\nWelcome **home**.\n',
  'pages/docs/index.md': '---\ntitle: Docs\nredirect_from: [/manual]\n---\nRead [on](next.md).\n',
  'pages/docs/next.md': '---\ntitle: Next\ncache: 60\n---\n## More\n\n```js\nlet a = 1\n```\n',
  'pages/mine.md': '---\ntitle: Mine\ncache: private\n---\nOnly yours.\n',
  'posts/2026-01-02-second.md': '---\ntitle: Second\ntags: [Redis]\n---\nTwo.\n',
  'posts/2026-01-01-first.md': '---\ntitle: First\ntags: [Redis, nginx]\n---\nOne.\n',
}

/** A folder of content in a temporary place. */
export function contentFolder(files: Readonly<Record<string, string>> = pages): string {
  const dir = mkdtempSync(join(tmpdir(), 'dogfood-content-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  return dir
}

/** Starts the whole application as production would wire it, and ends it with the test. */
export async function startSite(t: TestContext, changes: Partial<Config> = {}): Promise<TestSite> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const outboxDir = join(cacheDir, 'outbox')
  const contentDir = changes.contentDir ?? contentFolder()
  const config = {
    ...readConfig({ NODE_ENV: 'test' }),
    logLevel: 'info' as const,
    outboxDir,
    ...changes,
    cacheDir,
    contentDir,
  }
  const lines: string[] = []
  const log: Log = createLog(config, { write: (line) => void lines.push(line) })
  const app = await createApp(config, log)
  const server = createServer(app.listener).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const end = async () => {
    app.drain()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    await app.close()
    rmSync(cacheDir, { recursive: true, force: true })
  }
  let ending: Promise<void> | undefined
  const close = () => {
    ending ??= end()
    return ending
  }
  t.after(close)
  return { url, app, server, config, lines, close, ...requestsTo(url) }
}

const requestsTo = (url: string): Pick<TestSite, 'get' | 'post'> => ({
  get: (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' }),
  post: (path, form, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      headers: { origin: url, ...headers },
    }),
})
