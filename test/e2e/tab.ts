import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'

const errorPageMilliseconds = 500

export interface Tab {
  readonly page: Page
  /** What the browser complained about: errors, blocked content, failed requests. */
  readonly complaints: string[]
}

/** Opens an empty tab and listens to all that goes wrong in it. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.goto = steadfast(page.goto.bind(page))
  page.waitForURL = steadfast(page.waitForURL.bind(page))
  page.on('requestfailed', (request) => sendAgain(page, request).catch(() => undefined))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('response', (answer) => {
    if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`)
  })
  return { page, complaints }
}

// Chromium gives up what is under way when a container starts or ends anywhere on the machine, forms included.
// https://github.com/canonical/docker-snap/issues/324
const changed = 'net::ERR_NETWORK_CHANGED'

async function sendAgain(page: Page, request: Request): Promise<void> {
  if (!request.isNavigationRequest() || request.failure()?.errorText !== changed) return
  // Its page for that comes after the failure, and would put an end to what is sent before.
  await sleep(errorPageMilliseconds)
  if (page.url().startsWith('chrome-error:')) await page.reload()
}

/** The same step, taken again when only the network of the machine changed. */
function steadfast<Args extends unknown[], Result>(step: (...args: Args) => Promise<Result>) {
  return async (...args: Args): Promise<Result> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await step(...args)
      } catch (error) {
        if (attempt === 3 || !String(error).includes(changed)) throw error
        // The failed request is sent again, too: that ends first.
        await sleep(4 * errorPageMilliseconds)
      }
    }
  }
}

/** Marks the document, so that a page load shows: `[data-mark]` is gone then. */
export const mark = (page: Page): Promise<void> =>
  page.locator('html').evaluate((html) => html.setAttribute('data-mark', ''))

/** Chooses a theme as the theme switch remembers it, before the page is opened. */
export const chooseTheme = (page: Page, theme: 'light' | 'dark'): Promise<unknown> =>
  page.addInitScript(`try { localStorage.setItem('theme', '${theme}') } catch {}`)
