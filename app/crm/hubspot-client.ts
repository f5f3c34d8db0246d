import { z } from 'zod'
import { createJsonClient } from '../outside/json-client.ts'
import { OutsideError } from '../outside/outside-error.ts'
import { contactProperties, propertiesOf, propertyNames } from './contact-properties.ts'
import type { CrmClient } from './crm-client.ts'

const contacts = '/crm/v3/objects/contacts'

// A batch answers 200, or 207 when it failed for some of its contacts; then `errors` says for which.
const batchAnswer = z.object({
  status: z.literal('COMPLETE'),
  results: z.array(z.object({ id: z.string() })),
  errors: z.array(z.object({ category: z.string() })).default([]),
})

const contactAnswer = z
  .object({ properties: contactProperties })
  // A contact without an address cannot be one of ours.
  .transform(({ properties }) => (properties.email === '' ? undefined : properties))

const nothing = z.undefined()
// Also what a wrong CRM_URL answers would be a 404, but not an error of HubSpot's form.
const notThere = z.object({ status: z.literal('error') }).transform(() => undefined)

const whenRefused = `look in the CRM whether contacts have ${propertyNames.slice(-2).join(' and ')}, then try this delivery again`

/**
 * A client of HubSpot's public CRM API v3 with the access token of a private app:
 * https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/batch/upsert-contacts. The token needs the scopes
 * crm.objects.contacts.read and .write; both calls that write may be repeated.
 */
export function createHubspotClient(url: string, token: string): CrmClient {
  const api = createJsonClient({ system: 'crm', url, token })
  return {
    async upsert(contact) {
      const { results, errors } = await api.call({
        method: 'POST',
        path: `${contacts}/batch/upsert`,
        body: { inputs: [{ idProperty: 'email', id: contact.email, properties: propertiesOf(contact) }] },
        answers: { 200: batchAnswer, 201: batchAnswer, 207: batchAnswer },
        whenRefused,
      })
      if (results.length !== 1 || errors.length > 0) throw batchFault(errors.map(({ category }) => category))
    },

    contact: (id) =>
      api.call({
        method: 'GET',
        path: `${contacts}/{id}`,
        values: { id },
        query: `?${new URLSearchParams(propertyNames.map((name) => ['properties', name]))}`,
        answers: { 200: contactAnswer, 404: notThere },
      }),

    // A contact that is not there is forgotten already.
    forget: (email) =>
      api.call({
        method: 'POST',
        path: `${contacts}/gdpr-delete`,
        body: { idProperty: 'email', objectId: email },
        answers: { 204: nothing, 404: notThere },
      }),

    close: api.close,
  }
}

function batchFault(categories: readonly string[]): OutsideError {
  const place = `POST ${contacts}/batch/upsert answered that it kept no contact`
  return categories.includes('VALIDATION_ERROR')
    ? new OutsideError('crm', 'refused', `${place}, for a value it does not take: ${whenRefused}`)
    : new OutsideError('crm', 'failing', place)
}
