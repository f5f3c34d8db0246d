import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import type { PublicRoute } from './pages/page-plan.ts'

/** Answered as it is, by every instance, even by one that is stopping. */
export type PlainRoute = {
  readonly method: 'GET'
  readonly path: string
  readonly cache: 'none'
  readonly answer: (req: IncomingMessage, res: ServerResponse) => void
}

/** Made anew for each question, from the query of its URL: without a session, never stored. */
export type QueryRoute = {
  readonly method: 'GET'
  readonly path: string
  readonly cache: 'none'
  /** Rejects with what the visitor is told on an error page. */
  readonly answer: (req: IncomingMessage, res: ServerResponse) => Promise<void>
}

/** For one visitor, with a session; never stored. */
export type PrivateRoute = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly cache: 'private'
  readonly handler: RequestHandler
}

/** The same for everybody, from Express, without a session: forms that need none. Never stored. */
export type FormRoute = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly cache: 'none'
  readonly handler: RequestHandler
}

/** Called by another system, which signs what it sends; the body comes as bytes. */
export type HookRoute = {
  readonly method: 'POST'
  readonly path: string
  readonly cache: 'none'
  readonly handler: RequestHandler
}

/** For operators, with a session of their own; never stored. */
export type OperatorRoute = {
  readonly method: 'GET' | 'POST' | 'ALL'
  readonly path: string
  readonly cache: 'private'
  /** `nobody`: also for who is not signed in, because it is the way to sign in. */
  readonly for: 'operator' | 'nobody'
  readonly handler: RequestHandler
}

/** `about` says in the reference what is there. */
type Described<Route> = Route & { readonly about: string }

export interface Routes {
  readonly plain: readonly Described<PlainRoute>[]
  readonly public: readonly Described<PublicRoute>[]
  readonly query: readonly Described<QueryRoute>[]
  readonly form: readonly Described<FormRoute>[]
  readonly private: readonly Described<PrivateRoute>[]
  readonly hook: readonly Described<HookRoute>[]
  readonly operator: readonly Described<OperatorRoute>[]
}
