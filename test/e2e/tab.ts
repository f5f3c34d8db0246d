import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

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
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('response', (answer) => {
    if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`)
  })
  return { page, complaints }
}

/** Marks the document, so that a page load shows: `[data-mark]` is gone then. */
export const mark = (page: Page): Promise<void> =>
  page.locator('html').evaluate((html) => html.setAttribute('data-mark', ''))

/** Chooses a theme as the theme switch remembers it, before the page is opened. */
export const chooseTheme = (page: Page, theme: 'light' | 'dark'): Promise<unknown> =>
  page.addInitScript(`try { localStorage.setItem('theme', '${theme}') } catch {}`)
