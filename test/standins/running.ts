import type { TestContext } from 'node:test'
import type { Account, KeptAccount } from '../../standins/accounts/account-book.ts'
import type { Contact } from '../../standins/crm/contacts.ts'
import type { WebhookState } from '../../standins/crm/webhooks.ts'
import type { System } from '../../standins/faults/faults.ts'
import type { KeptMail } from '../../standins/mail/mailbox.ts'
import type { StandInSettings } from '../../standins/settings.ts'
import { type StandIns, startStandIns } from '../../standins/stand-ins.ts'

export type { Account }

/** What the stand-ins say of themselves. */
export interface State {
  readonly contacts: readonly (Contact & { webhook?: WebhookState })[]
  readonly accounts: readonly KeptAccount[]
  readonly mails: readonly KeptMail[]
}

export interface RunningStandIns extends StandIns {
  state(): Promise<State>
  setFault(system: System, fault: string | null, seconds?: number): Promise<Response>
  /** Calls an API with its token. */
  call(path: string, request?: RequestInit): Promise<Response>
}

export const token = 'token of a test'
export const secret = 'secret of a test'

/** Starts the stand-ins on free ports, and ends them with the test. */
export async function runStandIns(
  t: TestContext,
  changes: Partial<StandInSettings> = {},
): Promise<RunningStandIns> {
  const standIns = await startStandIns({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    siteUrl: 'http://127.0.0.1:9',
    publicUrl: 'https://www.example.com',
    crmToken: token,
    crmWebhookSecret: '',
    accountsToken: token,
    ...changes,
  })
  t.after(standIns.close)
  const { url } = standIns
  const json = { 'content-type': 'application/json' }
  return {
    ...standIns,
    state: async () => (await fetch(`${url}/_standins/state`)).json() as Promise<State>,
    setFault: (system, fault, seconds) =>
      fetch(`${url}/_standins/faults`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ system, fault, seconds }),
      }),
    call: (path, { headers, ...request } = {}) =>
      fetch(url + path, { ...request, headers: { authorization: `Bearer ${token}`, ...json, ...headers } }),
  }
}

/** The body of an upsert of one contact. */
export const upsertOf = (email: string, properties: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify({ inputs: [{ id: email, idProperty: 'email', properties }] }),
})

export const upsertPath = '/crm/v3/objects/contacts/batch/upsert'
