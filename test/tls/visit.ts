import type { IncomingHttpHeaders } from 'node:http'
import { type Agent, request } from 'node:https'

export interface Visit {
  status: number
  headers: IncomingHttpHeaders
  /** Whether the connection had carried a request before. */
  reused: boolean
}

/** Asks nginx for a page over TLS, whatever its certificate is. */
export const visit = (port: number, agent: Agent, path = '/page', host = 'localhost'): Promise<Visit> =>
  new Promise((resolve, reject) => {
    const headers = { Host: host }
    const options = { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false, agent }
    const asked = request(options, (answer) => {
      answer.once('error', reject)
      answer.resume().once('end', () => {
        const { statusCode: status = 0, headers } = answer
        resolve({ status, headers, reused: asked.reusedSocket })
      })
    })
    asked.once('error', reject).end()
  })
