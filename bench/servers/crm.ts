import express from 'express'
import { createContacts } from '../../standins/crm/contacts.ts'
import { crmApi } from '../../standins/crm/crm.ts'
import { createFaults } from '../../standins/faults/faults.ts'

// Usage: node crm.ts PORT TOKEN. The stand-in of the CRM; /arrived lists the companies of each contact as they came.
const [port, token = ''] = process.argv.slice(2)
const arrived = new Map<string, string[]>()
const contacts = createContacts(() => {})

const recording: typeof contacts = {
  ...contacts,
  upserted(contact) {
    const { email = '', company = '' } = contact.properties
    arrived.set(email, [...(arrived.get(email) ?? []), company])
    return contacts.upserted(contact)
  },
}

const app = express()
app.use('/crm/v3/objects/contacts', crmApi({ contacts: recording, faults: createFaults(), token }))
app.get('/arrived', (_req, res) => void res.json(Object.fromEntries(arrived)))
app.listen(Number(port), '127.0.0.1')
