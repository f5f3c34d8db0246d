import type { Dispatcher, Pool } from 'undici'
import type { ZodError, ZodType } from 'zod'
import { answerFault } from './answer-fault.ts'
import { networkFault } from './network-fault.ts'
import { OutsideError, type OutsideSystem } from './outside-error.ts'

export interface JsonSystem {
  readonly system: OutsideSystem
  /** Origin of its API. */
  readonly url: string
  /** Bearer token. */
  readonly token: string
  /** How long a whole call may take. */
  readonly milliseconds?: number
}

export interface JsonCall<Answer> {
  readonly method: 'GET' | 'POST'
  /** With {names} for `values`, so that errors can tell the path and nobody's data. */
  readonly path: string
  readonly values?: Readonly<Record<string, string>>
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
  /** What each status that counts as an answer brings; an empty body is `undefined`. */
  readonly answers: Readonly<Record<number, ZodType<Answer>>>
  /** What an operator can do when the system refuses the call for good. */
  readonly whenRefused?: string
}

export interface JsonClient {
  /** Rejects with OutsideError. */
  call<Answer>(call: JsonCall<Answer>): Promise<Answer>
  close(): Promise<void>
}

const connectMilliseconds = 2000
const answerMilliseconds = 10_000
const largestAnswer = 1_000_000
const mostConnections = 128

/** A client for a JSON API, with connections of its own; it follows no redirect and tries nothing twice. */
export function createJsonClient({
  system,
  url,
  token,
  milliseconds = answerMilliseconds,
}: JsonSystem): JsonClient {
  let opening: Promise<Pool> | undefined
  const pool = () => {
    opening ??= openPool(url)
    return opening
  }
  return {
    async call({ method, path, values = {}, query = '', headers, body, answers, whenRefused }) {
      const place = `${method} ${path}`
      const request = {
        method,
        path: path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? '')) + query,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(milliseconds),
      }
      const answer = await exchange(await pool(), request).catch((error: unknown) => {
        throw networkFault(system, place, error)
      })
      const { status, retryAfter, text } = answer
      const expected = answers[status]
      if (!expected) throw answerFault({ system, place, status, retryAfter, whenRefused })
      return readAnswer(expected, text, `${place} answered ${status}`, system)
    },
    close: async () => (await opening)?.close(),
  }
}

/** Loaded with the first call: a website whose visitors only read makes none. */
async function openPool(url: string): Promise<Pool> {
  const { Pool } = await import('undici')
  return new Pool(url, {
    connect: { timeout: connectMilliseconds },
    connections: mostConnections,
    maxResponseSize: largestAnswer,
    // Over HTTP/2 all calls would share a connection, and wait together for one that hangs.
    allowH2: false,
    // The call's own signal ends it, whatever part of it is slow.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

async function exchange(pool: Pool, request: Dispatcher.RequestOptions) {
  const { statusCode, headers, body } = await pool.request(request)
  return { status: statusCode, retryAfter: headers['retry-after'], text: await body.text() }
}

function readAnswer<Answer>(
  expected: ZodType<Answer>,
  text: string,
  place: string,
  system: OutsideSystem,
): Answer {
  const result = expected.safeParse(parseJson(text, place, system))
  if (result.success) return result.data
  throw new OutsideError(
    system,
    'surprising',
    `${place} with what its API does not describe: ${keysOf(result.error)}`,
  )
}

function parseJson(text: string, place: string, system: OutsideSystem): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // The error of JSON.parse quotes the text, which may be anybody's data, so it is no cause here.
    throw new OutsideError(system, 'surprising', `${place} with something other than JSON`)
  }
}

/** Keys of our own schemas only, never a value of the answer. */
const keysOf = (error: ZodError): string =>
  error.issues.map(({ path, code }) => `${path.join('.') || 'all of it'} (${code})`).join(', ')
