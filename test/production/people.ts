import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface Seen {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Somebody who browses over a few connections of their own, and keeps their cookies. */
export interface Person {
  readonly name: string
  /** Every cookie that was ever set for them, as `name=value`. */
  readonly cookies: readonly string[]
  get(path: string): Promise<Seen>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Seen>
  leave(): void
}

const encodings = ['br', 'gzip', 'identity']
let arrivals = 0

/** A person with a name that no page has by chance. */
export function personAt(url: string): Person {
  const agent = new Agent({ keepAlive: true, maxSockets: 2, rejectUnauthorized: false })
  const encoding = encodings[arrivals++ % encodings.length]
  const jar = new Map<string, string>()
  const cookies: string[] = []
  const common = { 'Accept-Encoding': encoding, Origin: url, 'Sec-Fetch-Site': 'same-origin' }
  async function ask(method: string, path: string, body?: string): Promise<Seen> {
    const own = jar.size > 0 && { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
    const form = body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await send(url + path, { agent, method, headers: { ...common, ...own, ...form } }, body)
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
      if (value !== '') cookies.push(`${name}=${value}`)
    }
    return answer
  }
  return {
    name: `Visitor-${crypto.randomUUID()}`,
    cookies,
    get: (path) => ask('GET', path),
    post: (path, form) => ask('POST', path, new URLSearchParams(form).toString()),
    leave: () => agent.destroy(),
  }
}

async function send(url: string, options: object, body?: string): Promise<Seen> {
  const { promise, resolve, reject } = Promise.withResolvers<Seen>()
  const outgoing = request(url, options, async (res) => {
    const { statusCode: status = 0, headers } = res
    buffer(res).then((bytes) => resolve({ status, headers, text: unpacked(bytes, headers) }), reject)
  })
  outgoing
    .on('error', reject)
    .setTimeout(60_000, () => outgoing.destroy(new Error(`${url}: no answer in 60 s`)))
  outgoing.end(body)
  return promise
}

function unpacked(bytes: Buffer, headers: IncomingHttpHeaders): string {
  const encoding = bytes.length === 0 ? undefined : headers['content-encoding']
  if (encoding === 'br') return brotliDecompressSync(bytes).toString()
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString()
}
