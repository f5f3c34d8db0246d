import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { until } from '../until.ts'

export interface Window {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** What the dashboard shows in one window. */
export interface Shown {
  /** Panels with the number of lines that each draws. */
  readonly panels: Readonly<Record<string, number>>
  readonly tiles: Readonly<Record<string, string>>
  readonly alerts: readonly string[]
  readonly isTooWide: boolean
  readonly faults: readonly string[]
}

// Networks of containers come and go on this machine, and then a browser gives up what it has under way; the page asks again.
const passing = /ERR_NETWORK_CHANGED/

/** Opens the dashboard, and waits until its panels are drawn; with `picture`, a screenshot of the whole page. */
export async function openDashboard(
  url: string,
  { width, colorScheme }: Window,
  picture?: string,
): Promise<Shown> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    const faults: string[] = []
    page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())))
    page.on('pageerror', (error) => void faults.push(error.message))
    await until(async () => (await page.goto(url))?.ok() === true, 'the dashboard')
    await page.waitForFunction(() => document.querySelectorAll('.panel[data-series]').length >= 16)
    await page.waitForFunction(() => document.querySelector('.state')?.textContent?.startsWith('As of'))
    if (picture) await page.screenshot({ path: picture, fullPage: true })
    return { ...(await shownOn(page)), faults: faults.filter((fault) => !passing.test(fault)) }
  } finally {
    await browser.close()
  }
}

const shownOn = (page: Page): Promise<Omit<Shown, 'faults'>> =>
  page.evaluate(() => {
    const all = <T extends HTMLElement>(query: string) => [...document.querySelectorAll<T>(query)]
    const text = (element: Element | null) => element?.firstChild?.textContent?.trim() ?? ''
    return {
      panels: Object.fromEntries(
        all('.panel').map((panel) => [text(panel.querySelector('h3')), Number(panel.dataset.series)]),
      ),
      tiles: Object.fromEntries(
        all('.tile').map((tile) => [
          text(tile.querySelector('dt')),
          tile.querySelector('dd')?.textContent ?? '',
        ]),
      ),
      alerts: all('.alerts:not([hidden]) li').map((line) => line.innerText),
      isTooWide: document.documentElement.scrollWidth > innerWidth,
    }
  })

/** What /how-it-works says of the page it is; the second time it is loaded. */
export async function servedFacts(url: string): Promise<Record<string, string>> {
  const browser: Browser = await openBrowser()
  try {
    const page = await browser.newPage({ ignoreHTTPSErrors: true })
    // Networks that come and go may break off a visit, see above.
    await until(async () => (await page.goto(`${url}/how-it-works`))?.ok() === true, 'the page')
    await until(async () => (await page.reload())?.ok() === true, 'the page once more')
    await page.locator('[data-served]').waitFor()
    return await page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>('[data-fact]')]
          .filter((slot) => slot.checkVisibility())
          .map((slot) => [slot.dataset.fact, slot.textContent]),
      ),
    )
  } finally {
    await browser.close()
  }
}
