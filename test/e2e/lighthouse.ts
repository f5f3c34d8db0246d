import { after, before, test } from 'node:test'
import lighthouse, { type Config, desktopConfig, type Flags, type Result } from 'lighthouse'
import { type DebuggableBrowser, startDebuggableBrowser } from '../lab/browser.ts'
import { Findings } from './findings.ts'
import { type PageKind, publishedKinds } from './kinds-of-page.ts'
import { openWholeSite, type WholeSite } from './whole-site.ts'

const categories = ['performance', 'accessibility', 'best-practices', 'seo']

/** Audits that cannot pass on some kinds because of what these kinds are. */
const notApplicable: readonly { audits: string[]; on: (kind: PageKind) => boolean }[] = [
  // Kept out of search engines on purpose.
  { audits: ['is-crawlable'], on: ({ noindex }) => noindex },
  // The status is the page's point: the browser logs it as an error, and a search engine must see it.
  { audits: ['http-status-code', 'errors-in-console'], on: ({ status }) => status >= 400 },
  // robots.txt comes from the app; while there is none, a 5xx tells crawlers to come back later.
  { audits: ['robots-txt'], on: ({ where }) => where === 'nginx alone' },
]

/** The last of each, which has the most on it; where a template shows errors, too, one of those. */
const oneOfEachTemplate: readonly PageKind[] = [
  ...new Map(
    publishedKinds.map((kind) => [`${kind.where} ${kind.template} ${kind.status}`, kind] as const),
  ).values(),
]

/** Registers the test; a form factor a file, so that two run at once. */
export function testLighthouse(formFactor: 'mobile' | 'desktop'): void {
  const config = formFactor === 'desktop' ? desktopConfig : undefined
  let site: WholeSite
  let browser: DebuggableBrowser
  before(async () => {
    ;[site, browser] = await Promise.all([openWholeSite(), startDebuggableBrowser()])
  })
  after(async () => {
    await Promise.all([browser?.close(), site?.stop()])
  })
  const title = `Lighthouse gives 100 in each category on a page of every template, ${formFactor}`
  test(title, { timeout: 600_000 }, async () => {
    const findings = new Findings()
    const place = (kind: PageKind) => ({ kind, address: site.address(kind), port: browser.port, config })
    for (const kind of oneOfEachTemplate) findings.add(kind.name, ...(await shortcomings(place(kind))))
    findings.assertNone()
  })
}

interface Asked {
  readonly kind: PageKind
  readonly address: string
  /** Of the browser. */
  readonly port: number
  readonly config: Config | undefined
}

const ATTEMPTS = 4

/** What is missing to 100. Whatever else this machine does only makes a page slower, so its best run tells how fast it is. */
async function shortcomings(asked: Asked): Promise<string[]> {
  const first = await measure(asked)
  let slow = first.get('performance')
  for (let run = 1; slow !== undefined && run < ATTEMPTS; run++)
    slow = (await measure(asked)).get('performance')
  first.delete('performance')
  return [...first.values(), ...(slow === undefined ? [] : [slow])]
}

/** By category, why it is below 100. */
async function measure({ kind, address, port, config }: Asked): Promise<Map<string, string>> {
  const flags: Flags = {
    port,
    logLevel: 'error',
    onlyCategories: categories,
    skipAudits: notApplicable.flatMap(({ audits, on }) => (on(kind) ? audits : [])),
    ignoreStatusCode: kind.status >= 400,
    disableFullPageScreenshot: true,
    // Pages of ours do nothing after they are shown.
    ...{ pauseAfterFcpMs: 0, pauseAfterLoadMs: 250, networkQuietThresholdMs: 250, cpuQuietThresholdMs: 250 },
  }
  const { categories: results, audits } = await load(address, flags, config)
  const low = Object.values(results).filter(({ score }) => score !== 1)
  return new Map(low.map((category) => [category.id, reason(category, audits)]))
}

/** Now and then Lighthouse misses the start of its own trace, and asks to be run again. */
async function load(address: string, flags: Flags, config?: Config): Promise<Result> {
  let problem = 'no answer'
  for (let attempt = 1; attempt <= 3; attempt++) {
    const run = await lighthouse(address, flags, config)
    if (run && !run.lhr.runtimeError) return run.lhr
    problem = run?.lhr.runtimeError?.message ?? problem
  }
  throw new Error(`Lighthouse failed at ${address}: ${problem}`)
}

function reason({ id, score, auditRefs }: Result.Category, audits: Result['audits']): string {
  const counted = auditRefs.filter(({ weight }) => weight > 0).flatMap((ref) => audits[ref.id] ?? [])
  const low = counted.filter((audit) => audit.score !== null && audit.score < 0.995)
  const why = low.map((audit) => `${audit.id} ${audit.displayValue ?? ''} (${audit.score})`)
  return `${id} ${Math.round((score ?? 0) * 100)}: ${why.join(', ')}`
}
