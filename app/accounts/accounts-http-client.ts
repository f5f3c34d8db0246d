import { z } from 'zod'
import { createJsonClient } from '../outside/json-client.ts'
import type { Account, AccountsClient, Creation } from './accounts-client.ts'

// A visitor waits for the answer, and is told within five seconds when there is none.
const visitorMilliseconds = 4000

const account = z.object({ id: z.string().min(1), email: z.string(), workspace: z.string() })

/** An account of this address: one of somebody else must never be taken for the visitor's. */
const accountOf = (email: string) =>
  account.refine((found) => found.email.toLowerCase() === email.toLowerCase())

const made = (email: string) => accountOf(email).transform((found): Creation => ({ account: found }))

const conflict = z
  .object({ code: z.enum(['workspace_taken', 'email_taken']) })
  .transform(({ code }): Creation => ({ taken: code === 'email_taken' ? 'email' : 'workspace' }))

const notFound = z.object({ code: z.literal('not_found') }).transform(() => undefined)

/** A client of the account system, as docs/accounts-api.yaml describes it. No call takes more than 4 s. */
export function createAccountsHttpClient(url: string, token: string): AccountsClient {
  const api = createJsonClient({ system: 'accounts', url, token, milliseconds: visitorMilliseconds })
  return {
    create: ({ key, email, name, workspace, password }) =>
      api.call<Creation>({
        method: 'POST',
        path: '/v1/accounts',
        headers: { 'idempotency-key': key },
        body: { email, name, workspace, password },
        answers: { 200: made(email), 201: made(email), 409: conflict },
      }),

    async isFree(workspace) {
      const { free } = await api.call({
        method: 'GET',
        path: '/v1/workspaces/{name}',
        values: { name: workspace },
        answers: { 200: z.object({ name: z.literal(workspace), free: z.boolean() }) },
      })
      return free
    },

    find: (key) =>
      api.call<Account | undefined>({
        method: 'GET',
        path: '/v1/accounts/by-key/{key}',
        values: { key },
        answers: { 200: account, 404: notFound },
      }),

    close: api.close,
  }
}
