import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { check, type LinkResult } from 'linkinator'
import { Findings } from './findings.ts'
import { publishedKinds } from './kinds-of-page.ts'
import { startWholeSite, type WholeSite } from './whole-site.ts'

let site: WholeSite
before(async () => {
  site = await startWholeSite()
})
after(() => site?.stop())

test('no link of the site is broken, and each fragment names an element', { timeout: 120_000 }, async () => {
  const starts = publishedKinds.filter(({ status, where }) => status === 200 && where === 'production')
  const { links } = await check({
    path: starts.map((kind) => site.address(kind)),
    recurse: true,
    checkFragments: true,
    checkCss: true,
    sitemap: true,
    redirects: 'error',
    concurrency: 8,
    timeout: 10_000,
    linksToSkip: async (link) => !link.startsWith(site.url),
  })
  const findings = new Findings()
  for (const link of links) if (link.state === 'BROKEN') findings.add(link.parent ?? 'nowhere', inWords(link))
  findings.assertNone()
  const ok = new Set(links.filter(({ state }) => state === 'OK').map(({ url }) => url))
  for (const { name, path } of starts) assert.ok(ok.has(site.url + path), `${name} was not visited`)
})

const inWords = ({ url, status, failureDetails = [] }: LinkResult): string =>
  [url, status, ...failureDetails.filter((detail) => detail instanceof Error)].join(' ')
