import { connect } from 'node:net'
import type { TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'

const listener = `
const { parentPort } = require('node:worker_threads')
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})`

/** The port of a server that takes no connection, nor refuses any: its thread sleeps, and its backlog is full. */
export async function deafServer(t: TestContext): Promise<number> {
  const worker = new Worker(listener, { eval: true })
  t.after(() => worker.terminate())
  const port = await new Promise<number>((told) => worker.once('message', told))
  for (let filled = 0; filled < 8; filled++) {
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
    t.after(() => socket.destroy())
  }
  return port
}
