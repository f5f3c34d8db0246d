import { createServer, type Server } from 'node:http'

/** Balancers ask here when they start; it is reached only over the networks that they share with the control. */
export const SPLIT_PORT = 8407

export interface Answers {
  /** What balancers are to know; undefined before the swarm was asked. */
  word(): string | undefined
  /** Whether the swarm answers. */
  isWell(): boolean
}

/** Answers `GET /split` with the word, and `GET /healthz`. */
export const splitServer = ({ word, isWell }: Answers): Server =>
  createServer(({ method, url }, answer) => {
    const say = (status: number, text: string) =>
      answer.writeHead(status, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }).end(`${text}\n`)
    const known = word()
    if (method !== 'GET') say(405, 'only GET')
    else if (url === '/healthz') say(isWell() ? 200 : 503, isWell() ? 'ok' : 'the swarm does not answer')
    else if (url !== '/split') say(404, 'not found')
    else say(known === undefined ? 503 : 200, known ?? 'the swarm was not asked yet')
  })
