import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const USAGE = 'npm run probe -- https://www.example.com [--seconds 60] [--rate 20]'
const PATIENCE = 10_000
const SHOWN = 10

const say = (line: string): void => console.log(line)

/** Addresses of the site's own sitemap, at the site that is asked. */
async function pagesOf(site: URL): Promise<URL[]> {
  const response = await fetch(new URL('/sitemap.xml', site), { signal: AbortSignal.timeout(PATIENCE) })
  const found = [...(await response.text()).matchAll(/<loc>([^<]+)<\/loc>/g)]
  return found.map(([, address = '']) => new URL(new URL(address).pathname, site))
}

/** What was wrong with the answer, if anything. */
async function fault(page: URL): Promise<string | undefined> {
  try {
    const response = await fetch(page, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    await response.arrayBuffer()
    return response.status < 400 ? undefined : `${page.pathname} ${response.status}`
  } catch (error) {
    const { message, cause } = error as Error
    return `${page.pathname} ${cause instanceof Error ? cause.message : message}`
  }
}

/** Asks page after page, so often a second, whatever the answers; exit 1 if one was a failure. */
async function probe(site: URL, seconds: number, rate: number): Promise<number> {
  const pages = await pagesOf(site)
  if (pages.length === 0) throw new Error('its /sitemap.xml names no page')
  const asked: Promise<string | undefined>[] = []
  for (
    const begun = performance.now();
    performance.now() - begun < seconds * 1000;
    await sleep(1000 / rate)
  ) {
    const page = pages[asked.length % pages.length]
    if (page) asked.push(fault(page))
  }
  const failed = (await Promise.all(asked)).filter((line) => line !== undefined)
  for (const line of failed.slice(0, SHOWN)) say(line)
  say(`${asked.length} requests, ${failed.length} failed`)
  return failed.length > 0 ? 1 : 0
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '20' } },
  })
  const [address = ''] = positionals
  const [seconds, rate] = [Number(values.seconds), Number(values.rate)]
  if (!URL.canParse(address) || !(seconds > 0) || !(rate > 0)) {
    console.error(USAGE)
    return 2
  }
  return probe(new URL(address), seconds, rate).catch((error: Error) => {
    say(`${address} does not answer: ${error.message}`)
    return 1
  })
}

process.exitCode = await main()
