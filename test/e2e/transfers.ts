import type { Page, Request } from 'playwright-core'

export interface Transfer {
  readonly url: string
  readonly type: string
  /** The body as it travelled: compressed. HTTP/2, which browsers get over TLS, makes next to nothing of headers. */
  readonly bytes: number
}

/** Records every request of a page from now on; call what it returns to have them. */
export function recordTransfers(page: Page): () => Promise<Transfer[]> {
  const requests: Request[] = []
  page.on('request', (request) => void requests.push(request))
  return () => Promise.all(requests.map(transferOf))
}

async function transferOf(request: Request): Promise<Transfer> {
  const { responseBodySize } = await request.sizes()
  return { url: request.url(), type: request.resourceType(), bytes: responseBodySize }
}
