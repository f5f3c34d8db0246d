import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** Runs in a container as the balancer of a node: says the split at port 8404, and which side it was asked at port 8000. */
interface Asked {
  readonly path: string
  /** Every X-Side that came. */
  readonly sides: readonly string[]
  readonly cookie: string
}

let word = process.argv[2] ?? 'none'
let asked: Asked[] = []

/** Sets the word, or tells what was asked since the last time. */
createServer(async (req, res) => {
  if (req.method === 'POST') {
    word = await text(req)
    res.end()
    return
  }
  res.end(JSON.stringify(asked))
  asked = []
}).listen(8001, '0.0.0.0')

createServer((req, res) => {
  if (req.url !== '/split') res.writeHead(404).end()
  else if (word === 'silence') req.socket.destroy()
  else res.setHeader('Content-Type', 'text/plain').end(word)
}).listen(8404, '0.0.0.0')

const sidesIn = ({ rawHeaders }: IncomingMessage): string[] =>
  rawHeaders.filter((_, at) => at % 2 === 1 && /^x[-_]side$/i.test(rawHeaders[at - 1] ?? ''))

const assets: Readonly<Record<string, 'canary' | 'old' | undefined>> = {
  '/static/js/of-canary.0123abcd.js': 'canary',
  '/static/js/of-old.0123abcd.js': 'old',
}

function answerAsset(path: string, side: string, res: ServerResponse): void {
  const headers = {
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Type': 'text/javascript',
  }
  if (assets[path] === side) res.writeHead(200, headers).end(side)
  else res.writeHead(404).end(`${side} has it not`)
}

createServer((req, res) => {
  const path = (req.url ?? '').replace(/\?.*/, '')
  const sides = sidesIn(req)
  const side = /^canary/.test(sides.join()) ? 'canary' : 'old'
  asked.push({ path, sides, cookie: req.headers.cookie ?? '' })
  if (!path.startsWith('/kept')) res.setHeader('Set-Cookie', `of-the-app=${side}`)
  if (path.startsWith('/static/')) answerAsset(path, side, res)
  else if (path.startsWith('/kept'))
    res
      .writeHead(200, { 'X-Accel-Expires': '5', 'Cache-Control': 'public, max-age=0, s-maxage=300' })
      .end(side)
  else if (req.headers['x-shared-cache']) res.writeHead(421, { 'X-Accel-Expires': '5' }).end()
  else res.writeHead(200, { 'Cache-Control': 'private, no-store' }).end(sides.join() || 'nobody')
}).listen(8000, '0.0.0.0')

process.on('SIGTERM', () => process.exit(0))
