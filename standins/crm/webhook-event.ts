import { randomInt } from 'node:crypto'
import type { ChangeSource, Contact } from './contacts.ts'

/** A change of a contact, as HubSpot's webhooks tell it. */
export interface WebhookEvent {
  readonly eventId: number
  readonly subscriptionId: number
  readonly portalId: number
  readonly appId: number
  /** ms since 1970. */
  readonly occurredAt: number
  readonly subscriptionType: 'contact.propertyChange'
  /** From 0. */
  readonly attemptNumber: number
  readonly objectId: number
  readonly propertyName: string
  readonly propertyValue: string
  readonly changeSource: ChangeSource
}

const largestEventId = 2 ** 47

export const statusEvent = (contact: Contact, status: string, source: ChangeSource): WebhookEvent => ({
  eventId: randomInt(largestEventId),
  subscriptionId: 1_160_452,
  portalId: 62_515,
  appId: 54_321,
  occurredAt: Date.now(),
  subscriptionType: 'contact.propertyChange',
  attemptNumber: 0,
  objectId: Number(contact.id),
  propertyName: 'invite_status',
  propertyValue: status,
  changeSource: source,
})
