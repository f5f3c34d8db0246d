import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { askBalancer } from '../../../kit/control/balancer-socket.ts'

const LINE = 'show map /tmp/split.map'

/** What is made of a balancer that does this with a connection; without it, none listens. */
async function asked(balancer?: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    balancer?.(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const closed = () => new Promise((resolve) => server.close(resolve))
  if (balancer === undefined) await closed()
  const answer = await askBalancer('127.0.0.1', LINE, 300, port)
  for (const socket of sockets) socket.destroy()
  if (balancer !== undefined) await closed()
  return answer
}

test('an answer is whole when the balancer has closed, in however many pieces it comes', async () => {
  const answer = await asked((socket) =>
    socket.once('data', (line) => {
      socket.write(`${line}`)
      setTimeout(() => socket.end('an end\n\n'), 50)
    }),
  )
  assert.deepEqual(answer, { kind: 'answered', text: `${LINE}\nan end\n\n` })
})

test('an empty line is an answer, and nothing at all is none', async () => {
  assert.deepEqual(await asked((socket) => socket.end('\n')), { kind: 'answered', text: '\n' })
  assert.equal((await asked((socket) => socket.end())).kind, 'silent')
})

test('who hangs, breaks off or is not there is silent', async () => {
  for (const balancer of [() => undefined, (socket: Socket) => void socket.resetAndDestroy(), undefined])
    assert.equal((await asked(balancer)).kind, 'silent')
})
