import { createServer } from 'node:http'
import { askBalancer } from '../../kit/control/balancer-socket.ts'
import { readBalancer, steerBalancer } from '../../kit/control/steering.ts'

/** Runs in a container as control; port 9000 tells it what to say to balancers that ask, and to do with one. */
const PATIENCE_MS = 1000
let word = ''

createServer(
  ({ url }, res) => void res.writeHead(url === '/split' && word ? 200 : 503).end(`${word}\n`),
).listen(8407, '0.0.0.0')

async function obey(wanted: URLSearchParams): Promise<unknown> {
  const balancer = wanted.get('balancer') ?? ''
  const begun = performance.now()
  switch (wanted.get('do')) {
    case 'say':
      word = wanted.get('word') ?? ''
      return {}
    case 'steer': {
      const { kind } = await steerBalancer(balancer, wanted.get('word') ?? '', PATIENCE_MS)
      return { kind, milliseconds: performance.now() - begun }
    }
    case 'ask':
      return askBalancer(balancer, wanted.get('line') ?? '', PATIENCE_MS)
    default:
      return readBalancer(balancer, PATIENCE_MS)
  }
}

createServer(async (req, res) => {
  const answer = await obey(new URL(req.url ?? '/', 'http://control').searchParams)
  res.end(JSON.stringify(answer))
}).listen(9000, '0.0.0.0')
process.on('SIGTERM', () => process.exit(0))
