import type { Response } from 'express'

/** What an API answers: JSON unless the body is a text. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
  readonly body?: unknown
}

export function send(res: Response, { status, headers = {}, type, body }: Answer): void {
  res.status(status).set({ 'cache-control': 'no-store', ...headers })
  if (body === undefined) res.end()
  else if (typeof body === 'string') res.type(type ?? 'text/plain').send(body)
  else res.type(type ?? 'application/json').send(JSON.stringify(body))
}
