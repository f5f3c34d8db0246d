import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** A way to another server that can be shut and opened again, and keeps what was said through it. */
export async function openDoor(t: TestContext, to: string) {
  const open = new Set<Socket>()
  let heard = ''
  const server = createServer((socket) => {
    const other = connect(Number(new URL(to).port), '127.0.0.1')
    socket.on('data', (bytes) => {
      heard += bytes
    })
    for (const end of [socket, other]) {
      open.add(end)
      end.on('close', () => open.delete(end)).on('error', () => end.destroy())
    }
    socket.pipe(other).pipe(socket)
    socket.on('close', () => other.destroy())
    other.on('close', () => socket.destroy())
  })
  let port = 0
  const openAgain = async () => {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    port = (server.address() as AddressInfo).port
  }
  await openAgain()
  const shut = () => {
    server.close()
    for (const end of open) end.destroy()
  }
  t.after(shut)
  return { url: `http://127.0.0.1:${port}`, shut, open: openAgain, heard: () => heard }
}
