import { z } from 'zod'
import type { Answer } from '../answer.ts'
import { contactAnswer } from './contact-answer.ts'
import type { Contacts } from './contacts.ts'
import { invalid, invalidProperties, notFound } from './crm-errors.ts'
import { faultsIn } from './properties.ts'

const input = z.object({
  id: z.string(),
  idProperty: z.literal('email').optional(),
  properties: z.record(z.string(), z.string()),
})
const batch = z.object({ inputs: z.array(input).min(1).max(100) })

type Input = z.infer<typeof input>

/**
 * Makes or changes up to a hundred contacts; all of them or, when one is wrong, none.
 * https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/batch/post-crm-v3-objects-contacts-batch-upsert
 */
export function upsertBatch(contacts: Contacts, body: unknown): Answer {
  const startedAt = new Date().toISOString()
  const { data, error } = batch.safeParse(body)
  if (!data) return invalid(`Invalid input: ${z.prettifyError(error)}`)
  const inputs = data.inputs.map(withEmail)
  const faults = inputs.flatMap(({ properties }) => faultsIn(properties))
  if (faults.length > 0) return invalidProperties(faults)
  if (new Set(inputs.map(({ id }) => id.toLowerCase())).size < inputs.length) {
    return invalid('Duplicate IDs found in batch input')
  }
  // Without a property to look for, the id is the contact's own, and nothing can be made of it.
  const unknown = inputs.find(({ id, idProperty }) => !idProperty && !contacts.byId(id))
  if (unknown) return notFound(unknown.id)
  const results = inputs.map((one) => upsert(contacts, one))
  return {
    status: 200,
    body: { status: 'COMPLETE', results, startedAt, completedAt: new Date().toISOString() },
  }
}

/** The address that a contact is looked for by is also the one it gets. */
const withEmail = (one: Input): Input =>
  one.idProperty ? { ...one, properties: { email: one.id, ...one.properties } } : one

function upsert(contacts: Contacts, { id, idProperty, properties }: Input) {
  const old = idProperty ? contacts.byEmail(id) : contacts.byId(id)
  const contact = contacts.upserted(
    old ? contacts.change(old, properties, 'INTEGRATION') : contacts.create(properties, 'INTEGRATION'),
  )
  return { ...contactAnswer(contact, { properties: Object.keys(properties) }), new: old === undefined }
}
