import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CheckOptions, check, type LinkResult } from 'linkinator'
import { Findings } from './findings.ts'
import { publishedKinds } from './kinds-of-page.ts'
import { openWholeSite, type WholeSite } from './whole-site.ts'

let site: WholeSite
before(async () => {
  site = await openWholeSite()
})
after(() => site?.stop())

const starts = publishedKinds.filter(({ where, status }) => where === 'production' && status === 200)

/** Follows every link that stays on the site, and no other. */
const checkFrom = (path: string[], options: Partial<CheckOptions>) =>
  check({
    path,
    redirects: 'error',
    concurrency: 8,
    timeout: 10_000,
    linksToSkip: async (link) => !link.startsWith(site.url),
    ...options,
  })

function assertSound(links: readonly LinkResult[]): void {
  const findings = new Findings()
  for (const link of links) if (link.state === 'BROKEN') findings.add(link.parent ?? 'nowhere', inWords(link))
  findings.assertNone()
}

test('no link of the site is broken, and each fragment names an element', { timeout: 120_000 }, async () => {
  const addresses = starts.map((kind) => site.address(kind))
  const { links } = await checkFrom(addresses, { recurse: true, checkFragments: true, checkCss: true })
  assertSound(links)
  const sound = new Set(links.filter(({ state }) => state === 'OK').map(({ url }) => url))
  assert.deepEqual(
    addresses.filter((address) => !sound.has(address)),
    [],
    'not visited',
  )
})

test('every address of the sitemap is a page, and every listed kind of page is in it', async () => {
  const { links } = await checkFrom([site.url], { sitemap: true })
  assertSound(links)
  const listed = new Set(links.map(({ url }) => url))
  const missing = starts.filter((kind) => !kind.noindex && !listed.has(site.address(kind)))
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  )
})

const inWords = ({ url, status, failureDetails = [] }: LinkResult): string =>
  [url, status, ...failureDetails.filter((detail) => detail instanceof Error)].join(' ')
