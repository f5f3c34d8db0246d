import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface AnsweringServer {
  readonly url: string
  readonly received: readonly Received[]
  /** Connections that were ever opened. */
  readonly connections: () => number
}

export type Answer = (res: ServerResponse, request: Received) => void

/** A real HTTP server that notes each request and answers as it is told, until the test ends. */
export async function answeringServer(t: TestContext, answer: Answer): Promise<AnsweringServer> {
  const received: Received[] = []
  let connections = 0
  const listener: RequestListener = async (req, res) => {
    let body = ''
    for await (const chunk of req.setEncoding('utf8')) body += chunk
    const request = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body }
    received.push(request)
    answer(res, request)
  }
  const server = createServer(listener).listen(0, '127.0.0.1')
  server.on('connection', () => connections++)
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, received, connections: () => connections }
}

/** Answers with JSON. */
export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (res) =>
    void res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
