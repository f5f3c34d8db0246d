import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { docker, startContainer } from '../lab/docker.ts'
import { startFront } from '../nginx/front.ts'
import { runSite } from '../start/process.ts'
import { until } from '../until.ts'
import { filesInDevelopment, type PageKind } from './kinds-of-page.ts'
import { buildProduction, startProduction } from './production.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** The site's own content as visitors reach it, in each of the places where a kind of page is served. */
export interface WholeSite {
  /** Where production's nginx is, without a slash at the end. */
  readonly url: string
  address(kind: Pick<PageKind, 'where' | 'path'>): string
  stop(): Promise<void>
}

/** Takes how to end what was started, and answers its address. */
type Start = (ending: (end: () => unknown) => void) => Promise<string>

export async function startWholeSite(): Promise<WholeSite> {
  const endings: (() => unknown)[] = []
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end()
  }
  const starts: Start[] = [startBehindNginx, startNginxAlone, startDevelopment]
  const started = starts.map((start) => start((end) => void endings.push(end)))
  const [production = '', alone = '', development = ''] = await Promise.all(started).catch(async (error) => {
    // What is still starting would outlive an end that doesn't wait for it.
    await Promise.allSettled(started)
    await stop()
    throw error
  })
  const places = { production, 'nginx alone': alone, development }
  return { url: production, address: ({ where, path }) => places[where] + path, stop }
}

const startBehindNginx: Start = async (ending) => {
  const front = await startFront()
  ending(() => front.stop())
  await buildProduction(repository)
  const url = `http://localhost:${front.port}`
  const network = ['--network', front.network]
  const redis = await startContainer({ image: 'redis:8', options: [...network, '--network-alias', 'redis'] })
  ending(() => redis.remove())
  const named = [...network, '--network-alias', 'webapp', '--env', `PUBLIC_URL=${url}`]
  const app = await startProduction('redis', ...named)
  ending(() => app.remove())
  const isThere = async () => (await front.ask('/')).status === 200
  await until(isThere, 'the app', 60).catch(async (error: Error) => {
    throw new Error(`${error.message}\n${await docker('logs', app.name)}`)
  })
  return url
}

const startNginxAlone: Start = async (ending) => {
  const front = await startFront()
  ending(() => front.stop())
  return `http://localhost:${front.port}`
}

const startDevelopment: Start = async (ending) => {
  const content = mkdtempSync(join(tmpdir(), 'dogfood-content-'))
  ending(() => rmSync(content, { recursive: true }))
  cpSync(join(repository, 'content'), content, { recursive: true })
  for (const [file, text] of Object.entries(filesInDevelopment)) {
    mkdirSync(join(content, dirname(file)), { recursive: true })
    writeFileSync(join(content, file), text)
  }
  const site = await runSite({ after: ending }, { CONTENT_DIR: content, LIVE_RELOAD: 'true' })
  return site.url
}
