import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** Stands between a worker and a system: all goes through, until it is told to keep the next reply that matters. */
export interface ReplyThief {
  readonly port: number
  /** Keeps the next reply that `matters`, with what the system said before on that connection, and all after it. */
  steal(matters: (reply: string, before: string) => boolean): Promise<void>
}

export async function replyThief(t: Pick<TestContext, 'after'>, target: string): Promise<ReplyThief> {
  const { hostname, port: targetPort } = new URL(target)
  const sockets = new Set<Socket>()
  let theft: { matters: (reply: string, before: string) => boolean; done: () => void } | undefined

  const server = createServer((worker) => {
    const system = connect(Number(targetPort), hostname)
    for (const socket of [worker, system]) sockets.add(socket.on('error', () => {}))
    worker.pipe(system)
    let said = ''
    let isStolen = false
    system.on('data', (chunk: Buffer) => {
      const reply = chunk.toString('latin1')
      if (theft?.matters(reply, said)) {
        isStolen = true
        theft.done()
        theft = undefined
      }
      said += reply
      if (!isStolen) worker.write(chunk)
    })
    system.on('end', () => worker.end())
    worker.on('close', () => system.destroy())
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    steal: (matters) =>
      new Promise((done) => {
        theft = { matters, done }
      }),
  }
}
