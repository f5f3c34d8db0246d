import { dropOldest, newestFirst } from '../newest.ts'

export type Properties = Readonly<Record<string, string>>

export interface Contact {
  readonly id: string
  /** Without those that are empty. */
  readonly properties: Properties
  readonly createdAt: string
  readonly updatedAt: string
  /** Every value that invite_status had, newest first. */
  readonly statuses: readonly { readonly value: string; readonly timestamp: string }[]
  /** How often it was upserted. */
  readonly upserts: number
}

/** As HubSpot's webhooks call who made a change. */
export type ChangeSource = 'INTEGRATION' | 'CRM_UI'

/** The contacts of the CRM; e-mail addresses are compared in lower case. */
export interface Contacts {
  byId(id: string): Contact | undefined
  byEmail(email: string): Contact | undefined
  create(properties: Properties, source: ChangeSource): Contact
  change(contact: Contact, properties: Properties, source: ChangeSource): Contact
  /** Counts an upsert. */
  upserted(contact: Contact): Contact
  remove(contact: Contact): void
  newestFirst(): Contact[]
  readonly size: number
}

/** Hears of each change of invite_status. */
export type OnStatus = (contact: Contact, status: string, source: ChangeSource) => void

const mostContacts = 20_000

export function createContacts(onStatus: OnStatus, most = mostContacts): Contacts {
  const contacts = new Map<string, Contact>()
  const ids = new Map<string, string>()
  // Differs from the ids of the run before, which the site may still ask for.
  let lastId = Date.now()

  const emailOf = ({ properties }: Contact) => properties.email ?? ''
  const keep = (contact: Contact) => {
    contacts.set(contact.id, contact)
    if (emailOf(contact)) ids.set(emailOf(contact), contact.id)
    dropOldest(contacts, most, (dropped) => ids.delete(emailOf(dropped)))
    return contact
  }
  const change = (contact: Contact, properties: Properties, source: ChangeSource) => {
    const now = new Date().toISOString()
    ids.delete(emailOf(contact))
    const merged = merge(contact.properties, { ...properties, lastmodifieddate: now })
    const status = merged.invite_status ?? ''
    const isNew = status !== (contact.properties.invite_status ?? '')
    const statuses = isNew ? [{ value: status, timestamp: now }, ...contact.statuses] : contact.statuses
    const changed = keep({ ...contact, properties: merged, statuses, updatedAt: now })
    if (isNew) onStatus(changed, status, source)
    return changed
  }

  return {
    byId: (id) => contacts.get(id),
    byEmail: (email) => contacts.get(ids.get(email.toLowerCase()) ?? ''),
    create(properties, source) {
      const id = String(++lastId)
      const now = new Date().toISOString()
      const given = { createdate: now, hs_object_id: id }
      const empty = { id, properties: given, createdAt: now, updatedAt: now, statuses: [], upserts: 0 }
      return change(empty, properties, source)
    },
    change,
    upserted: (contact) => keep({ ...contact, upserts: contact.upserts + 1 }),
    remove(contact) {
      contacts.delete(contact.id)
      ids.delete(emailOf(contact))
    },
    newestFirst: () => newestFirst(contacts),
    get size() {
      return contacts.size
    },
  }
}

/** An empty value clears a property, as it does at HubSpot. */
function merge(old: Properties, changes: Properties): Properties {
  const merged = { ...old, ...changes }
  if (merged.email) merged.email = merged.email.toLowerCase()
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
}
