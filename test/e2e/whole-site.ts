import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { docker, startContainer } from '../lab/docker.ts'
import { startFront } from '../nginx/front.ts'
import { contentFolder } from '../site/site.ts'
import { runSite } from '../start/process.ts'
import { until } from '../until.ts'
import { filesInDevelopment, otherContent, type PageKind } from './kinds-of-page.ts'
import { buildProduction, startProduction } from './production.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** The site's own content as visitors reach it, in each of the places where a kind of page is served. */
export interface WholeSite {
  /** Where production's nginx is, without a slash at the end. */
  readonly url: string
  address(kind: Pick<PageKind, 'where' | 'path'>): string
  /** Shows the page in a tab, and makes sure that it is the one that was meant. */
  open(page: Page, kind: PageKind): Promise<void>
  stop(): Promise<void>
}

/** Where each place is, without a slash at the end. */
export type Places = Readonly<Record<PageKind['where'], string>>

/** Names the places of a site that runs already, as JSON. */
export const PLACES = 'DOGFOOD_WHOLE_SITE'

type Ending = (end: () => unknown) => void

/** Takes how to end what was started, and answers its address. */
type Start = (ending: Ending) => Promise<string>

/** The site that the runner shares out among test files, or else one of their own. */
export async function openWholeSite(): Promise<WholeSite> {
  const shared = process.env[PLACES]
  if (shared !== undefined) return siteAt(JSON.parse(shared), async () => {})
  const { places, stop } = await startPlaces()
  return siteAt(places, stop)
}

export async function startPlaces(): Promise<{ places: Places; stop: () => Promise<void> }> {
  const endings: (() => unknown)[] = []
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end()
  }
  const starts: Start[] = [startBehindNginx, startNginxAlone, startDevelopment, startOtherContent]
  const started = starts.map((start) => start((end) => void endings.push(end)))
  const [production = '', alone = '', development = '', other = ''] = await Promise.all(started).catch(
    async (error) => {
      // What is still starting would outlive an end that doesn't wait for it.
      await Promise.allSettled(started)
      await stop()
      throw error
    },
  )
  return { places: { production, 'nginx alone': alone, development, 'other content': other }, stop }
}

function siteAt(places: Places, stop: () => Promise<void>): WholeSite {
  const address: WholeSite['address'] = ({ where, path }) => places[where] + path
  return {
    url: places.production,
    address,
    async open(page, kind) {
      const answer = await page.goto(address(kind))
      assert.equal(answer?.status(), kind.status, kind.name)
    },
    stop,
  }
}

const startBehindNginx: Start = async (ending) => {
  const front = await startFront()
  ending(() => front.stop())
  await buildProduction(repository)
  const url = `http://localhost:${front.port}`
  const network = ['--network', front.network]
  const redis = await startContainer({
    image: 'redis:8.10.1',
    options: [...network, '--network-alias', 'redis'],
  })
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

const startDevelopment: Start = (ending) => {
  const content = contentFolder(filesInDevelopment)
  cpSync(join(repository, 'content'), content, { recursive: true })
  return startWriting(content, ending)
}

const startOtherContent: Start = (ending) => startWriting(contentFolder(otherContent), ending)

const startWriting = async (content: string, ending: Ending): Promise<string> => {
  ending(() => rmSync(content, { recursive: true }))
  return (await runSite({ after: ending }, { CONTENT_DIR: content, LIVE_RELOAD: 'true' })).url
}
