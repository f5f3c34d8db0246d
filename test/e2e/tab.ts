import type { Browser, Page } from 'playwright-core'

export interface Tab {
  readonly page: Page
  /** What the browser complained about: errors, blocked content, failed requests. */
  readonly complaints: string[]
}

/** Opens an empty tab and listens to all that goes wrong in it. */
export async function openTab(browser: Browser): Promise<Tab> {
  const context = await browser.newContext()
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
