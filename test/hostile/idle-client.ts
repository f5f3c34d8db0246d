import { connect, type TLSSocket } from 'node:tls'

/**
 * Runs in a container: opens connections, asks for one small answer on each, keeps them, and tells in a line each
 * second how they fare. Arguments: host, and how many. SIGUSR1: asks once more on each, and then never again.
 */
const [host = 'nginx', wanted = '10000'] = process.argv.slice(2)
const AT_ONCE = 100
const PAUSE_MS = 25
// Below nginx's keepalive_timeout, so that none is closed for its age.
const ASK_AGAIN_MS = 30_000
const said = { answered: 0, closed: 0 }
const open = new Set<TLSSocket>()

function keep(): void {
  const socket = connect({ host, port: 8443, rejectUnauthorized: false }, () => {
    open.add(socket)
    ask(socket)
  })
  let isAnswered = false
  socket.once('data', () => {
    isAnswered = true
    said.answered++
  })
  socket.resume().on('error', () => {})
  socket.once('close', () => {
    open.delete(socket)
    // One that nginx closed before it was of any use is opened again, as a browser would.
    if (isAnswered) said.closed++
    else setTimeout(keep, PAUSE_MS)
  })
}

const ask = (socket: TLSSocket): boolean => socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')

setInterval(() => process.stdout.write(`${JSON.stringify(said)}\n`), 1000)
const askAll = (): void => {
  for (const socket of open) ask(socket)
}
const asking = setInterval(askAll, ASK_AGAIN_MS)
process.once('SIGUSR1', () => {
  clearInterval(asking)
  askAll()
})

for (let index = 0; index < Number(wanted); index++) {
  keep()
  if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
