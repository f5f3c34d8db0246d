import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface Question {
  path: string
  method?: string
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** Every value of a header as sent, so that one that was sent twice shows. */
  all(name: string): string[]
  /** The name of each header, as it was written. */
  rawNames: readonly string[]
  body: Buffer
  text: string
}

/** One request as it is, without the redirects, decompression and header merging of fetch. */
export function ask(port: number, question: string | Question): Promise<Answer> {
  const {
    path,
    method = 'GET',
    headers = {},
    body,
  } = typeof question === 'string' ? { path: question } : question
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
    const chunks: Buffer[] = []
    res.on('data', (chunk: Buffer) => chunks.push(chunk))
    res.on('error', reject)
    res.on('end', () => {
      const bytes = Buffer.concat(chunks)
      const all = (name: string) =>
        res.rawHeaders.filter(
          (_, at, raw) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name.toLowerCase(),
        )
      const rawNames = res.rawHeaders.filter((_, at) => at % 2 === 0)
      const { statusCode: status = 0, headers } = res
      resolve({ status, headers, all, rawNames, body: bytes, text: bytes.toString() })
    })
  })
  outgoing.on('error', reject)
  outgoing.setTimeout(30_000, () => outgoing.destroy(new Error(`${method} ${path}: no answer in 30 s`)))
  outgoing.end(body)
  return promise
}
