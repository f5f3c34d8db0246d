import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { inEnvironment } from '../environment.ts'
import { Failure } from '../failure.ts'
import { admission, type Rates } from './admission.ts'
import type { Origin } from './audit.ts'
import { readBody } from './body.ts'
import { entryOf } from './change.ts'
import { findRoute } from './find-route.ts'
import { originOf } from './origin.ts'
import { ApiProblem, problemOf } from './problem.ts'
import type { Answer, Api, Asking, Route } from './route.ts'
import { routes } from './routes.ts'
import { sendJson, sendLines } from './send.ts'
import { may, type Token } from './tokens.ts'
import { Gone } from './turns.ts'

export interface Serving {
  readonly api: Api
  /** The variables of all that is run. */
  readonly env: NodeJS.ProcessEnv
  readonly tokens: readonly Token[]
  readonly rates: Rates
  /** Takes a line of the log. */
  readonly write: (line: object) => void
}

/** The management API: docs/control-api.yaml. */
export function apiServer({ api, env, tokens, rates, write }: Serving): Server {
  const admit = admission(tokens, rates)
  const server = createServer(
    { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 10_000, maxHeaderSize: 8 * 1024 },
    async (request, response) => {
      const origin = originOf(request)
      try {
        const token = admit(request, origin)
        const answer = await inEnvironment(env, () => answerTo(request, response, token, origin, api))
        if (answer.kind === 'json') sendJson(response, origin, answer.status, answer.body, answer.headers)
        else await inEnvironment(env, () => sendLines(response, origin, answer.write))
      } catch (error) {
        if (error instanceof Gone) return
        const problem = problemOf(error, origin.request)
        if (problem.status >= 500) write({ level: 'error', msg: messageOf(error), request: origin.request })
        const headers = error instanceof ApiProblem ? error.headers : {}
        sendJson(response, origin, problem.status, problem, headers, 'application/problem+json')
      }
    },
  )
  server.maxConnections = 100
  return server
}

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  token: Token,
  origin: Origin,
  api: Api,
): Promise<Answer> {
  const { pathname = '', searchParams: query = new URLSearchParams() } =
    URL.parse(request.url ?? '', 'http://control') ?? {}
  const { route, params } = findRoute(routes, request.method ?? '', pathname)
  if (params.app !== undefined && params.app !== api.app.stack)
    throw new Failure('not found', 'This control has no such app.', `It has ${api.app.stack}.`)
  if (!may(token.role, route.role)) await forbid(route, { token, origin }, api)
  const other = [...query.keys()].find((name) => !route.query.includes(name))
  if (other !== undefined) throw new Failure('usage', `It takes no parameter "${other.slice(0, 50)}".`, '')
  const body = route.body ? await readBody(request) : undefined
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return route.answer({ token, origin, params, query, body, gone: gone.signal }, api)
}

async function forbid(route: Route, asking: Pick<Asking, 'token' | 'origin'>, api: Api): Promise<never> {
  const entry = entryOf({ verb: route.operation }, route.operation, asking, api)
  await api.audit.note({ ...entry, outcome: 'forbidden' })
  throw new ApiProblem('wrong role', `That needs the role ${route.role}.`)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
