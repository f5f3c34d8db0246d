import type { Page, Request } from 'playwright-core'

/**
 * Records the headers of each request of a page from now on. What it returns ends the recording, and gives them: one
 * begun after that would still be asked when the page closes, and fail then.
 */
export function recordHeaders(page: Page): () => Promise<Record<string, string>[]> {
  const sent: Promise<Record<string, string>>[] = []
  const record = (request: Request): void => void sent.push(request.allHeaders())
  page.on('request', record)
  return () => {
    page.off('request', record)
    return Promise.all(sent)
  }
}
