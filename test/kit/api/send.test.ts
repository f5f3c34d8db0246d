import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LineSink } from '../../../kit/api/route.ts'
import { sendLines } from '../../../kit/api/send.ts'

const PATIENCE_MS = 500
const LIMIT = { timeout: 20_000 }
const value = { text: 'é'.repeat(5000) }

/** A server whose answer is what `write` writes, and how that ended. */
async function sending(
  t: TestContext,
  write: (sink: LineSink, response: ServerResponse) => Promise<void>,
  patienceMs = PATIENCE_MS,
) {
  const { promise: ended, resolve } = Promise.withResolvers<ServerResponse>()
  const server = createServer(async (_, response) => {
    await sendLines(
      response,
      { address: '', request: 'one' },
      async (sink) => {
        sink.begin()
        await write(sink, response)
      },
      patienceMs,
    )
    if (!response.closed) await once(response, 'close')
    resolve(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  return { port: (server.address() as AddressInfo).port, ended }
}

/** Asks, and reads nothing of the answer. */
function deafReader(t: TestContext, port: number) {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
  socket.pause().on('error', () => {})
  t.after(() => socket.destroy())
}

test('lines that are waited for arrive whole, however many are written at once', async (t) => {
  let most = 0
  const { port, ended } = await sending(
    t,
    async ({ line }, response) => {
      for (let number = 0; number < 1200; number++) {
        await line(value)
        most = Math.max(most, response.writableLength)
      }
    },
    10 * PATIENCE_MS,
  )
  const { body } = await fetch(`http://127.0.0.1:${port}`)
  let bytes = 0
  for await (const chunk of body ?? []) {
    if (bytes < 1e6) await sleep(5)
    bytes += chunk.length
  }
  assert.equal(bytes, 1200 * (Buffer.byteLength(JSON.stringify(value)) + 1))
  assert.ok(bytes > 10e6 && most < 200_000, `${most}`)
  assert.equal((await ended).writableFinished, true)
})

test('who reads nothing is broken off, and holds little meanwhile', LIMIT, async (t) => {
  let most = 0
  const { port, ended } = await sending(t, async ({ line }, response) => {
    while (!response.destroyed) {
      await line(value)
      most = Math.max(most, response.writableLength)
    }
  })
  deafReader(t, port)
  assert.equal((await ended).destroyed, true)
  assert.ok(most < 200_000, `${most}`)
})

test('who reads nothing is broken off after the last line, too', LIMIT, async (t) => {
  const { port, ended } = await sending(t, async ({ line }, response) => {
    // Until the kernel takes no more.
    while (response.writableLength === 0) {
      void line(value)
      await sleep(1)
    }
  })
  deafReader(t, port)
  assert.equal((await ended).writableFinished, false)
})

test('lines that nobody waits for end at four megabytes', async (t) => {
  let count = 0
  const { port, ended } = await sending(t, async ({ line }, response) => {
    for (; !response.destroyed && count < 5000; count++) void line(value)
  })
  deafReader(t, port)
  assert.equal((await ended).destroyed, true)
  assert.ok(count > 300 && count < 600, `${count}`)
})
