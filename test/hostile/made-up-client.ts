import { Agent, get } from 'node:https'

/**
 * Runs in a container: over HTTP/1 asks for pages that nobody has, as many at once as it is told and each another one,
 * and in the end tells how often it met which status. It asks in volleys: however slow it is, they are under way
 * together. Arguments: host, how many at once, and for how many seconds.
 */
const [host = 'nginx', wanted = '440', seconds = '10'] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxFreeSockets: Number(wanted), rejectUnauthorized: false })
const end = performance.now() + Number(seconds) * 1000
const met: Record<string, number> = {}
let asked = 0

function ask(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const count = (answer: number | string) => {
    met[answer] = (met[answer] ?? 0) + 1
    resolve()
  }
  const path = `/nothing-${asked++}`
  get({ agent, host, port: 8443, path }, (answer) => {
    answer.resume().once('close', () => count(answer.statusCode ?? 0))
  }).once('error', (error: NodeJS.ErrnoException) => count(error.code ?? 'error'))
  return promise
}

while (performance.now() < end) await Promise.all(Array.from({ length: Number(wanted) }, ask))
process.stdout.write(`${JSON.stringify(met)}\n`)
