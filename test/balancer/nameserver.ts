import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'

/** Runs in a container as the DNS that HAProxy asks; port 9000 tells it what to answer from then on. */
const A = 1
const FAILURES: Readonly<Record<string, number>> = { failing: 2, unknown: 3, refused: 5 }
let says = 'unknown'
let asked = 0

const socket = createSocket('udp4')
socket.on('message', (query, { port, address }) => {
  asked++
  if (says !== 'silent') socket.send(answer(query), port, address)
})
socket.bind(53, '0.0.0.0')

function answer(query: Buffer): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5)
  const isA = question.readUInt16BE(question.length - 4) === A
  const failure = FAILURES[says]
  const addresses = failure === undefined && isA ? says.split(',').filter((text) => text.includes('.')) : []
  const head = Buffer.alloc(12)
  query.copy(head, 0, 0, 2)
  head.writeUInt16BE(0x8180 | (failure ?? 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(addresses.length, 6)
  return Buffer.concat([head, question, ...addresses.map(record)])
}

/** A pointer to the name in the question, type A, class IN, 600 s as Docker's DNS says, four bytes. */
function record(address: string): Buffer {
  const fixed = [0xc0, 0x0c, 0, A, 0, 1, 0, 0, 0x02, 0x58, 0, 4]
  return Buffer.from([...fixed, ...address.split('.').map(Number)])
}

createServer((req, res) => {
  says = decodeURIComponent(req.url ?? '').replace('/?', '') || says
  res.end(JSON.stringify({ says, asked }))
}).listen(9000, '0.0.0.0')
process.on('SIGTERM', () => process.exit(0))
