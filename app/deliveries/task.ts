import { type InviteRequest, inviteId } from '../invites/invite.ts'

/** What is queued: work on the invites themselves, and deliveries, each one call to an outside system. */
export type Work =
  /** Keeps the request, tells the CRM; sends the link again to somebody who is invited already. */
  | { readonly kind: 'request'; readonly request: InviteRequest }
  /** Invites: tells the CRM, mails the link. With `again`, mails a new link to somebody invited before. */
  | { readonly kind: 'invite'; readonly inviteId: string; readonly by: string; readonly again: boolean }
  /** A visitor whose link does not open asks for a new one. */
  | { readonly kind: 'new link'; readonly inviteId: string }
  /** The account was made: tells the CRM, mails the welcome. */
  | { readonly kind: 'signed up'; readonly inviteId: string; readonly workspace: string }
  /** To the CRM: what the invite is now. */
  | { readonly kind: 'contact'; readonly inviteId: string; readonly version: number }
  /** From the CRM: the contact with this id of theirs was invited there. */
  | { readonly kind: 'invited in the CRM'; readonly crmId: string }
  /** To the account system: was the account made, that a visitor's last step asked for? */
  | { readonly kind: 'account asked for'; readonly inviteId: string; readonly key: string }
  /** To the mail server. */
  | { readonly kind: 'mail'; readonly inviteId: string; readonly mail: MailKind }

export type MailKind = 'invite' | 'welcome'
export type WorkKind = Work['kind']

/**
 * `id` is the idempotency key: the same id is done once, however often it is added or begun. Letters, digits, - and _,
 * but neither digits alone nor one word: BullMQ has ids and keys of its own such as `active` in the same place.
 */
export type Task = Work & { readonly id: string }
export type TaskOf<Kind extends WorkKind> = Extract<Task, { readonly kind: Kind }>

/** A queue for each system, so that none waits for another that is down. */
export const queueNames = ['requests', 'crm', 'accounts', 'mail'] as const
export type QueueName = (typeof queueNames)[number]

export const queueOf: Readonly<Record<WorkKind, QueueName>> = {
  request: 'requests',
  invite: 'requests',
  'new link': 'requests',
  'signed up': 'requests',
  contact: 'crm',
  'invited in the CRM': 'crm',
  'account asked for': 'accounts',
  mail: 'mail',
}

/** The invite that a task is about; undefined where only the CRM knows. */
export function inviteOf(task: Task): string | undefined {
  if (task.kind === 'request') return inviteId(task.request.email)
  return 'inviteId' in task ? task.inviteId : undefined
}

/** Whether its id stays known for a day after it is done: the CRM sends what it has to tell again and again. */
export const keptWhenDone = (task: Task): boolean => task.kind === 'invited in the CRM'
