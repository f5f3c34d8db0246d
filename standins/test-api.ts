import express, { Router } from 'express'
import { z } from 'zod'
import { faultNamed, systems } from './faults/faults.ts'
import type { StandInParts } from './stand-in-parts.ts'

const order = z
  .object({
    system: z.enum(systems),
    fault: z.string().nullable(),
    seconds: z.number().positive().optional(),
  })
  .refine(({ system, fault }) => fault === null || faultNamed(system, fault) !== undefined, {
    message: 'the system has no fault of this name',
    path: ['fault'],
  })

/** What tests ask and order; none of the real systems has it. */
export function testApi(parts: StandInParts): Router {
  const { contacts, book, mailbox, faults, webhooks } = parts
  const api = Router()
  const counts = () => ({ contacts: contacts.size, accounts: book.size, mails: mailbox.size })

  api.get('/counts', (_req, res) => void res.json(counts()))
  api.get('/state', (_req, res) => {
    const withWebhook = contacts.newestFirst().map((contact) => ({
      ...contact,
      webhook: webhooks.about(contact.id),
    }))
    res.json({
      counts: counts(),
      contacts: withWebhook,
      accounts: book.newestFirst(),
      mails: mailbox.newestFirst(),
    })
  })
  // Only JSON, see same-origin.ts.
  api.post('/faults', express.json({ limit: '1kb' }), (req, res) => {
    const { data, error } = order.safeParse(req.body)
    if (!data) return void res.status(400).json({ message: z.prettifyError(error) })
    faults.set(data.system, faultNamed(data.system, data.fault ?? ''), data.seconds)
    res.status(204).end()
  })
  return api
}
