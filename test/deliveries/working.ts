import type { TestContext } from 'node:test'
import type { Account, AccountsClient } from '../../app/accounts/accounts-client.ts'
import { readConfig } from '../../app/config/read.ts'
import type { ContactNews, CrmClient, CrmContact } from '../../app/crm/crm-client.ts'
import { memoryTaskQueue } from '../../app/deliveries/memory-task-queue.ts'
import { startDeliveries } from '../../app/deliveries/start-deliveries.ts'
import type { Task } from '../../app/deliveries/task.ts'
import type { ConsumableQueue } from '../../app/deliveries/task-queue.ts'
import { type InviteRequest, inviteId } from '../../app/invites/invite.ts'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { createLog } from '../../app/logging/log.ts'
import type { Mail, Mailer } from '../../app/mail/mailer.ts'
import { OutsideError } from '../../app/outside/outside-error.ts'
import { until } from '../until.ts'

/** Outside systems that keep what they are told, and do first what a test wants them to. */
export interface Outside {
  /** Of the CRM, each time it was told, in that order. */
  readonly told: ContactNews[]
  readonly mails: Mail[]
  readonly contacts: Map<string, CrmContact>
  readonly accounts: Map<string, Account>
  /** Before the CRM keeps a contact. */
  beforeContact: (contact: ContactNews) => Promise<void>
  beforeMail: (mail: Mail) => Promise<void>
}

export interface Working {
  readonly queue: ConsumableQueue
  readonly invites: InviteStore
  readonly outside: Outside
  readonly lines: string[]
  /** Resolves when there is nothing to do any more, not even later. */
  done(): Promise<void>
  stop(): Promise<void>
}

type WorkingParts = Partial<Working> & { readonly concurrency?: number }

/** Works off a queue, with everything in this process; it ends with the test. */
export function working(t: Pick<TestContext, 'after'>, parts: WorkingParts = {}): Working {
  const { queue = memoryTaskQueue(), invites = memoryInviteStore(), outside = outsideSystems() } = parts
  const lines: string[] = []
  const test = readConfig({ NODE_ENV: 'test' })
  const { concurrency = test.workerConcurrency } = parts
  const config = { ...test, logLevel: 'debug' as const, workerConcurrency: concurrency }
  const deliveries = startDeliveries({
    config,
    log: createLog(config, { write: (line) => void lines.push(line) }),
    queue,
    invites,
    ...clientsOf(outside),
    render: (template, context) => `${template} ${JSON.stringify(context)}`,
    siteName: () => 'Dogfood',
  })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= deliveries.stop()
    return stopping
  }
  t.after(stop)
  const isEmpty = async () => {
    const counts = Object.values(await queue.counts())
    return counts.every(({ waiting, active, retry }) => waiting + active + retry === 0)
  }
  return { queue, invites, outside, lines, stop, done: () => until(isEmpty, 'an empty queue') }
}

export const outsideSystems = (): Outside => ({
  told: [],
  mails: [],
  contacts: new Map(),
  accounts: new Map(),
  beforeContact: async () => {},
  beforeMail: async () => {},
})

function clientsOf(outside: Outside): { crm: CrmClient; accounts: AccountsClient; mailer: Mailer } {
  const close = async () => {}
  const notHere = async () => {
    throw new OutsideError('accounts', 'refused', 'no delivery asks for this')
  }
  return {
    crm: {
      async upsert(contact) {
        await outside.beforeContact(contact)
        outside.told.push(contact)
      },
      contact: async (id) => outside.contacts.get(id),
      forget: notHere,
      close,
    },
    accounts: { create: notHere, isFree: notHere, find: async (key) => outside.accounts.get(key), close },
    mailer: {
      async send(mail) {
        await outside.beforeMail(mail)
        outside.mails.push(mail)
      },
      close,
    },
  }
}

let tasks = 0
const nextId = (): string => `task-${++tasks}`

const ada: InviteRequest = {
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  company: 'Engines',
  purpose: '',
  at: '2026-01-01T00:00:00.000Z',
}
export const adaId = inviteId(ada.email)

export const requestTask = (changes: Partial<InviteRequest> = {}, id = nextId()): Task => ({
  kind: 'request',
  id,
  request: { ...ada, at: new Date().toISOString(), ...changes },
})

export const inviteTask = (again = false, id = nextId()): Task => ({
  kind: 'invite',
  id,
  inviteId: adaId,
  by: 'an operator',
  again,
})

/** Adds tasks one after the other, each when the one before has led to all it leads to. */
export async function inTurn(
  { queue, done }: Pick<Working, 'queue' | 'done'>,
  ...wanted: Task[]
): Promise<void> {
  for (const task of wanted) {
    await queue.add(task)
    await done()
  }
}
