import { createConnection, type Socket } from 'node:net'
import { connect } from 'node:tls'

/** Where raw bytes go: a port on this machine, with TLS or without. */
export interface Door {
  readonly port: number
  readonly tls: boolean
  readonly host?: string
  readonly protocol?: 'http/1.1' | 'h2'
}

export interface Exchange {
  /** Everything the other side sent, one character a byte. */
  readonly text: string
  /** The status of each answer in it. */
  readonly statuses: number[]
  /** Whether the other side ended the connection. */
  readonly closed: boolean
  readonly milliseconds: number
}

/** The two doors of a production site, by its URLs. */
export const doorsOf = (site: { url: string; insecureUrl: string }): { tls: Door; plain: Door } => ({
  tls: { port: Number(new URL(site.url).port), tls: true },
  plain: { port: Number(new URL(site.insecureUrl).port), tls: false },
})

/** A connection that does nothing by itself; an error only closes it. */
export function open(door: Door): Socket {
  const { port, host = '127.0.0.1', protocol = 'http/1.1' } = door
  const socket = door.tls
    ? connect({ port, host, servername: 'localhost', rejectUnauthorized: false, ALPNProtocols: [protocol] })
    : createConnection({ port, host })
  return socket.on('error', () => {})
}

/** Sends bytes as they are and listens until the other side closes, or is silent for `quiet` milliseconds after an answer. */
export function exchange(
  door: Door,
  bytes: string | Buffer,
  { quiet = 1000, patience = 20_000 } = {},
): Promise<Exchange> {
  const { promise, resolve } = Promise.withResolvers<Exchange>()
  const begun = performance.now()
  const socket = open(door)
  let text = ''
  const end = (closed: boolean) => {
    clearTimeout(timer)
    socket.destroy()
    const statuses = [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map((match) => Number(match[1]))
    resolve({ text, statuses, closed, milliseconds: performance.now() - begun })
  }
  let timer = setTimeout(() => end(false), patience)
  socket.setEncoding('latin1').on('data', (part: string) => {
    text += part
    clearTimeout(timer)
    timer = setTimeout(() => end(false), quiet)
  })
  socket.once('close', () => end(true))
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  return promise
}
