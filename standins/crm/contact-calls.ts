import { z } from 'zod'
import type { Answer } from '../answer.ts'
import { contactAnswer, type Query, type Wanted, wantedIn } from './contact-answer.ts'
import type { Contact, Contacts, Properties } from './contacts.ts'
import { conflict, invalid, invalidProperties } from './crm-errors.ts'
import { faultsIn } from './properties.ts'

const input = z.object({ properties: z.record(z.string(), z.string()) })
const deletion = z.object({ objectId: z.string(), idProperty: z.literal('email').optional() })

export function create(contacts: Contacts, body: unknown): Answer {
  const { data } = input.safeParse(body)
  if (!data) return invalid('Invalid input: properties is missing')
  const { properties } = data
  return (
    refusal(contacts, properties) ?? {
      ...ok(contacts.create(properties, 'INTEGRATION'), namesOf(properties)),
      status: 201,
    }
  )
}

export function change(contacts: Contacts, contact: Contact, body: unknown): Answer {
  const { data } = input.safeParse(body)
  if (!data) return invalid('Invalid input: properties is missing')
  const { properties } = data
  return (
    refusal(contacts, properties, contact.id) ??
    ok(contacts.change(contact, properties, 'INTEGRATION'), namesOf(properties))
  )
}

export const read = (contact: Contact, query: Query): Answer => ok(contact, wantedIn(query))

/** Deletes a contact for good; one that is not there is as good as deleted. */
export function forget(contacts: Contacts, body: unknown): Answer {
  const { data } = deletion.safeParse(body)
  if (!data) return invalid('Invalid input: objectId is missing')
  const contact = data.idProperty ? contacts.byEmail(data.objectId) : contacts.byId(data.objectId)
  if (contact) contacts.remove(contact)
  return { status: 204 }
}

/** Why properties cannot be those of a new contact, or of the one with this id. */
function refusal(contacts: Contacts, properties: Properties, id?: string): Answer | undefined {
  const faults = faultsIn(properties)
  if (faults.length > 0) return invalidProperties(faults)
  const other = contacts.byEmail(properties.email ?? '')
  return other && other.id !== id ? conflict(other.id) : undefined
}

const ok = (contact: Contact, wanted: Wanted): Answer => ({
  status: 200,
  body: contactAnswer(contact, wanted),
})
const namesOf = (properties: Properties): Wanted => ({ properties: Object.keys(properties) })
