import type { Asked } from '../cli/asked.ts'
import type { Context } from '../cli/context.ts'
import { usage } from '../cli/parse.ts'
import { Failure } from '../failure.ts'
import { patiently } from './patiently.ts'
import { failureIn } from './problem-failure.ts'

const PATIENCE_MS = 90_000

/** The API of a control, as an operator or CI names it. */
export interface Connection {
  /** What it answers as JSON, once it has time for it. Throws a Failure where that is a problem, or nothing answers. */
  ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T>
  /** Objects that come one a line, until their end or the signal. */
  lines(path: string, onLine: (value: object) => void, signal: AbortSignal): Promise<void>
}

/** The API that --api names, with the token of the environment. Throws a Failure of usage where one is missing or wrong. */
export function connectionTo(asked: Asked, { env }: Context): Connection {
  const base = baseOf(asked.text('api') ?? '')
  const token = tokenOf(env.SWARM_API_TOKEN ?? '')
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers }
    // A redirect would take the token elsewhere.
    const answer = await fetch(base + path, { ...init, headers, redirect: 'error' }).catch((error: Error) => {
      throw silent(base, error)
    })
    if (!answer.ok) throw await failureIn(answer)
    return answer
  }
  return {
    async ask<T>(method: string, path: string, body?: object) {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const sent = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      return (await (await patiently(() => request(path, { method, signal, ...sent }))).json()) as T
    },
    async lines(path, onLine, signal) {
      const { body } = await request(path, { signal })
      if (body === null) return
      await eachLine(body, (line) => onLine(JSON.parse(line) as object)).catch((error: Error) => {
        throw silent(base, error)
      })
    },
  }
}

function baseOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw usage(`--api takes an address such as https://control.example.com, not "${text}".`)
  // Whoever reads along would have the token.
  if (url.protocol === 'http:' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
    throw usage('--api needs https, unless it is on this machine.')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function tokenOf(text: string): string {
  if (text === '') throw usage('--api needs a token: set SWARM_API_TOKEN.')
  if (/^[\x21-\x7e]+$/.test(text)) return text
  // fetch would refuse the header with an error that shows the token.
  throw new Failure(
    'usage',
    'SWARM_API_TOKEN has a character that no token has: a space, a line break, or one outside of ASCII.',
    'Set it again, to the token alone.',
  )
}

const silent = (base: string, { message, cause }: Error): Failure =>
  new Failure(
    'unreachable',
    `${base} does not answer: ${cause instanceof Error ? cause.message : message}.`,
    'Look at its address, and at whether control runs.',
  )

async function eachLine(body: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') onLine(line)
  }
}
