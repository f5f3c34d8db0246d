import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { type Answer, send } from '../answer.ts'
import { hasToken } from '../bearer.ts'
import { apiFaults } from '../faults/api-faults.ts'
import type { Faults } from '../faults/faults.ts'
import type { AccountBook } from './account-book.ts'
import { isKey, newAccount, workspaceName } from './new-account.ts'
import {
  emailTaken,
  faultAnswers,
  invalid,
  malformed,
  notFound,
  tooLarge,
  unauthorized,
  workspaceTaken,
} from './problems.ts'

export interface AccountsParts {
  readonly book: AccountBook
  readonly faults: Faults
  readonly token: string
}

/** The account system, as docs/accounts-api.yaml describes it. */
export function accountsApi({ book, faults, token }: AccountsParts): Router {
  const api = Router()
  api.use(apiFaults('accounts', faults, faultAnswers))
  api.use((req, res, next) => (hasToken(req, token) ? next() : send(res, unauthorized())))
  api.use(express.json({ limit: '16kb' }))
  api.post(
    '/accounts',
    answering((req) => create(book, req)),
  )
  api.get(
    '/accounts/by-key/:key',
    answering((req) => find(book, String(req.params.key))),
  )
  api.get(
    '/workspaces/:name',
    answering((req) => availability(book, String(req.params.name))),
  )
  api.use((_req, res) => send(res, notFound('There is nothing at this address')))
  api.use(explainBody)
  return api
}

const answering =
  (work: (req: Request) => Answer | Promise<Answer>): RequestHandler =>
  async (req, res) =>
    send(res, await work(req))

const explainBody: ErrorRequestHandler = (error: { status?: number }, _req, res, _next) =>
  send(res, error.status === 413 ? tooLarge() : malformed('The body is not JSON'))

async function create(book: AccountBook, req: Request): Promise<Answer> {
  const key = req.get('idempotency-key') ?? ''
  if (!isKey(key)) return malformed('Idempotency-Key is missing or of another form')
  if (req.body === undefined) return malformed('The body is not JSON')
  const { data, error } = newAccount.safeParse(req.body)
  if (!data) return invalid(error)
  const outcome = await book.create(key, data)
  if ('taken' in outcome) return outcome.taken === 'email' ? emailTaken() : workspaceTaken()
  return { status: outcome.isNew ? 201 : 200, body: outcome.account }
}

function find(book: AccountBook, key: string): Answer {
  const account = book.byKey(key)
  return account ? { status: 200, body: account } : notFound('No account was made with this key')
}

function availability(book: AccountBook, text: string): Answer {
  const { data: name, error } = workspaceName.safeParse(text)
  if (name === undefined) return invalid(error, 'name')
  return { status: 200, body: { name, free: book.isFree(name) } }
}
