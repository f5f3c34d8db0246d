import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { hostname } from 'node:os'

/** Runs in a container as one instance; port 9000 tells it how to behave, and what it was asked. */
const state = { ready: true, broken: false, payments: 0 }
let connections = 0

type Answer = (req: IncomingMessage, res: ServerResponse) => void

const later = (milliseconds: number): Answer => {
  return (_req, res) => void setTimeout(() => res.end(hostname()), milliseconds)
}

const answers: Record<string, Answer> = {
  '/': (_req, res) => void res.end('home'),
  '/readyz': (_req, res) => void res.writeHead(state.ready ? 200 : 503).end(),
  '/who': (_req, res) => void res.end(hostname()),
  '/echo': (req, res) => void res.end(JSON.stringify({ url: req.url, headers: req.rawHeaders })),
  '/page-of-errors': (_req, res) => void res.writeHead(500).end('the app says 500'),
  '/busy': (_req, res) => void res.writeHead(503, { 'Retry-After': '7' }).end('the app says 503'),
  '/pay': (req) => {
    state.payments++
    req.socket.destroy()
  },
  '/cut': (req, res) => void res.write('half of it', () => req.socket.destroy()),
  '/account': later(5800),
  '/queued': later(600),
  '/endless': () => undefined,
  '/events': (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n')
    setTimeout(() => res.end('data: 2\n\n'), 4000)
  },
}

function answer(req: IncomingMessage, res: ServerResponse): void {
  const path = new URL(req.url ?? '/', 'http://instance').pathname
  req.resume()
  // The image that is broken on every page still calls itself ready.
  if (state.broken && path !== '/readyz') res.writeHead(500).end('broken')
  else (answers[path] ?? ((_req, unknown) => void unknown.writeHead(404).end()))(req, res)
}

const site = createServer({ keepAliveTimeout: 75_000 }, answer).on('connection', () => connections++)
createServer((req, res) => {
  const wanted = new URL(req.url ?? '/', 'http://instance').searchParams
  if (wanted.has('ready')) state.ready = wanted.get('ready') === 'true'
  if (wanted.has('broken')) state.broken = wanted.get('broken') === 'true'
  if (wanted.get('gone') === 'true') site.close().closeAllConnections()
  if (wanted.get('gone') === 'false') site.listen(8000, '0.0.0.0')
  site.getConnections((_error, open) =>
    res.end(JSON.stringify({ ...state, open, connections, hostname: hostname() })),
  )
}).listen(9000, '0.0.0.0')

const startAfter = Number(process.argv[2] ?? 0)
state.broken = process.argv[3] === 'broken'
setTimeout(() => site.listen(8000, '0.0.0.0'), startAfter)
process.on('SIGTERM', () => process.exit(0))
