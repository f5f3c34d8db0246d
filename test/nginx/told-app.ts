import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

/** Runs in a container as `webapp`: answers what it was told on port 8001, and tells what it was asked. */
interface Told {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
  /** Milliseconds until it answers. */
  readonly after?: number
  /** What it answers to a request that is made for everybody, where that differs. */
  readonly toEverybody?: Told
}

const told = new Map<string, Told>()
let asked: { readonly method: string; readonly url: string; readonly headers: object }[] = []
const pathOf = (url: string): string => url.replace(/\?.*/, '')

createServer(async (req, res) => {
  if (req.method === 'GET') {
    const path = pathOf(req.url ?? '')
    res.end(JSON.stringify(asked.filter(({ url }) => pathOf(url) === path)))
    asked = asked.filter(({ url }) => pathOf(url) !== path)
    return
  }
  for (const [path, answer] of Object.entries((await json(req)) as Record<string, Told>))
    told.set(path, answer)
  res.end()
}).listen(8001, '0.0.0.0')

createServer((req, res) => {
  const { method = '', url = '', headers } = req
  asked.push({ method, url, headers })
  const known = told.get(pathOf(url)) ?? { status: 404, headers: {}, body: 'nothing' }
  const answer = headers['x-shared-cache'] && known.toEverybody ? known.toEverybody : known
  setTimeout(() => {
    res.writeHead(answer.status, { 'X-Encoding': headers['accept-encoding'] ?? '', ...answer.headers })
    res.end(answer.body)
  }, answer.after ?? 0)
}).listen(8000, '0.0.0.0')

process.on('SIGTERM', () => process.exit(0))
