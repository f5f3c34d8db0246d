import { after, before, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { Findings } from './findings.ts'
import { kindsOfPage } from './kinds-of-page.ts'
import { chooseTheme, openTab } from './tab.ts'
import { openWholeSite, type WholeSite } from './whole-site.ts'

interface Look {
  readonly name: string
  readonly width: number
  readonly system: 'light' | 'dark'
  readonly chosen?: 'light' | 'dark'
  /** The rest of it is that of another look. */
  readonly coloursAlone?: boolean
}

const looks: readonly Look[] = [
  { name: 'light on a phone', width: 375, system: 'light' },
  { name: 'dark on a phone', width: 375, system: 'dark', coloursAlone: true },
  { name: 'light on a desk', width: 1440, system: 'light' },
  { name: 'dark on a desk', width: 1440, system: 'dark', coloursAlone: true },
  { name: 'dark by choice', width: 1440, system: 'light', chosen: 'dark', coloursAlone: true },
  { name: 'light by choice', width: 375, system: 'dark', chosen: 'light', coloursAlone: true },
]

let site: WholeSite
let browser: Browser
before(async () => {
  ;[site, browser] = await Promise.all([openWholeSite(), openBrowser()])
})
after(async () => {
  await Promise.all([browser?.close(), site?.stop()])
})

for (const look of looks) {
  test(`axe finds nothing on any kind of page, ${look.name}`, { timeout: 180_000 }, async () => {
    const page = await openLook(look)
    const findings = new Findings()
    for (const kind of kindsOfPage) {
      await site.open(page, kind)
      findings.add(kind.name, ...(await findingsOf(page, look.coloursAlone)))
    }
    await page.context().close()
    findings.assertNone()
  })
}

async function openLook({ width, system, chosen }: Look): Promise<Page> {
  const viewport = { width, height: 900 }
  // The contrast of a colour on its way to another says nothing.
  const { page } = await openTab(browser, { viewport, colorScheme: system, reducedMotion: 'reduce' })
  await page.addInitScript(axe.source)
  if (chosen) await chooseTheme(page, chosen)
  return page
}

/** One line a fault and element: every rule that is on by itself, and the size of targets as well. */
async function findingsOf(page: Page, coloursAlone = false): Promise<string[]> {
  const options = coloursAlone
    ? { runOnly: ['color-contrast', 'link-in-text-block'] }
    : { rules: { 'target-size': { enabled: true } } }
  const asked = JSON.stringify({ resultTypes: ['violations'], ...options })
  const { violations } = (await page.evaluate(`axe.run(${asked})`)) as AxeResults
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any: [reason] }) => `${id} at ${target.join(' ')}: ${reason?.message ?? help}`),
  )
}
