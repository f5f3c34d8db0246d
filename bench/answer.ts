import { readFileSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What browsers send; both sides of a comparison get it. */
export const browserHeaders = { 'Accept-Encoding': 'gzip, deflate, br, zstd' } as const

/** A page as it travels: the headers that the application set, names and values in turn, and the bytes. */
export interface Answer {
  readonly headers: readonly string[]
  readonly body: Buffer
}

const headersOfNode = new Set(['date', 'connection', 'keep-alive'])

/** Asks once. Throws when the answer is not a page. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on('error', reject)
  })
  const body = await buffer(res)
  if (res.statusCode !== 200) throw new Error(`${url} answered ${res.statusCode}: ${body}`)
  const { rawHeaders } = res
  const own = rawHeaders.filter(
    (_, at) => !headersOfNode.has((rawHeaders[at - (at % 2)] ?? '').toLowerCase()),
  )
  return { headers: own, body }
}

export const saveAnswer = (file: string, { headers, body }: Answer): void =>
  writeFileSync(file, JSON.stringify({ headers, body: body.toString('base64') }))

export function readAnswer(file: string): Answer {
  const { headers, body } = JSON.parse(readFileSync(file, 'utf8'))
  return { headers, body: Buffer.from(body, 'base64') }
}
