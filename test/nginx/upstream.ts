import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { hostname } from 'node:os'
import { brotliCompressSync } from 'node:zlib'

/** Runs in a container as `webapp`: answers nginx in every way an app can, good and bad. */
const ports = new Set<number>()

const doubled = {
  'Content-Security-Policy': "default-src 'self'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'unsafe-url',
  'X-Powered-By': 'Express',
}

type Answer = (req: IncomingMessage, res: ServerResponse) => void

const answers: Record<string, Answer> = {
  '/page': (_req, res) => {
    const body = '<h1>Page</h1>'
    const headers = { ...doubled, 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length }
    res.writeHead(200, { ...headers, 'X-Page-Cache': 'memory', 'X-Request-Id': 'of the app' }).end(body)
  },
  '/echo': (req, res) => {
    ports.add(req.socket.remotePort ?? 0)
    const said = { method: req.method, url: req.url, version: req.httpVersion, headers: req.headers }
    res.end(JSON.stringify({ ...said, instance: hostname(), connections: ports.size }))
  },
  '/ready-compressed': (_req, res) => {
    const body = brotliCompressSync('words '.repeat(500))
    res
      .writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'br', Vary: 'Accept-Encoding' })
      .end(body)
  },
  '/plain': (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html' }).end('words '.repeat(500))
  },
  '/moved': (_req, res) => {
    res.writeHead(308, { ...doubled, Location: '/page' }).end()
  },
  '/welcome': () => undefined,
  '/late': (_req, res) => void setTimeout(() => res.end('late'), 2000),
  '/dropped': (req) => {
    req.socket.destroy()
  },
  '/fails-on': (req, res) => {
    if (process.argv.includes('--broken')) req.socket.destroy()
    else res.end()
  },
  '/signup': (req) => {
    req.socket.destroy()
  },
  '/signup/': (req) => {
    req.socket.destroy()
  },
  '/Signup': (req) => {
    req.socket.destroy()
  },
  '/_live': (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: first\n\n')
  },
}

const notFound: Answer = (_req, res) => void res.writeHead(404).end('app says 404')

createServer((req, res) => {
  const url = new URL(req.url ?? '/', 'http://webapp')
  const status = /\/status\/(\d+)$/.exec(url.pathname)?.[1]
  if (status)
    res.writeHead(Number(status), { ...doubled, 'Content-Type': 'text/html' }).end(`app says ${status}`)
  else (answers[url.pathname.replace('/admin/', '/')] ?? notFound)(req, res)
}).listen(8000, '0.0.0.0')

process.on('SIGTERM', () => process.exit(0))
