import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { type Answer, send } from '../answer.ts'
import { hasToken } from '../bearer.ts'
import { apiFaults } from '../faults/api-faults.ts'
import type { Faults } from '../faults/faults.ts'
import { change, create, forget, read } from './contact-calls.ts'
import { list, search } from './contact-lists.ts'
import type { Contact, Contacts } from './contacts.ts'
import { faultAnswers, invalid, noSuchResource, notFound, unauthorized } from './crm-errors.ts'
import { upsertBatch } from './upsert.ts'

export interface CrmParts {
  readonly contacts: Contacts
  readonly faults: Faults
  readonly token: string
}

// A batch of a hundred contacts.
const largestBody = '1mb'

/**
 * Contacts as HubSpot's CRM API v3 has them.
 * https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
 */
export function crmApi({ contacts, faults, token }: CrmParts): Router {
  const api = Router()
  api.use(apiFaults('crm', faults, faultAnswers))
  api.use((req, res, next) => (hasToken(req, token) ? next() : send(res, unauthorized())))
  api.use(express.json({ limit: largestBody }))
  api.post(
    '/batch/upsert',
    answering(({ body }) => upsertBatch(contacts, body)),
  )
  api.post(
    '/search',
    answering(({ body }) => search(contacts, body)),
  )
  api.post(
    '/gdpr-delete',
    answering(({ body }) => forget(contacts, body)),
  )
  api.post(
    '/',
    answering(({ body }) => create(contacts, body)),
  )
  api.get(
    '/',
    answering(({ query }) => list(contacts, query)),
  )
  api.get(
    '/:id',
    about(contacts, (contact, { query }) => read(contact, query)),
  )
  api.patch(
    '/:id',
    about(contacts, (contact, { body }) => change(contacts, contact, body)),
  )
  api.use((_req, res) => send(res, noSuchResource()))
  api.use(explainBody)
  return api
}

const answering =
  (work: (req: Request) => Answer): RequestHandler =>
  (req, res) =>
    send(res, work(req))

const about = (contacts: Contacts, work: (contact: Contact, req: Request) => Answer): RequestHandler =>
  answering((req) => {
    const id = String(req.params.id)
    const contact = req.query.idProperty === 'email' ? contacts.byEmail(id) : contacts.byId(id)
    return contact ? work(contact, req) : notFound(id)
  })

const explainBody: ErrorRequestHandler = (error: Error, _req, res, _next) =>
  send(res, invalid(`Invalid input JSON: ${error.message}`))
