import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import { type Answer, send } from '../answer.ts'
import { hasToken } from '../bearer.ts'
import { apiFaults } from '../faults/api-faults.ts'
import type { Faults } from '../faults/faults.ts'
import { contactAnswer, type Wanted } from './contact-answer.ts'
import { isFound, searchForm } from './contact-search.ts'
import type { Contact, Contacts, Properties } from './contacts.ts'
import {
  conflict,
  faultAnswers,
  invalid,
  invalidProperties,
  noSuchResource,
  notFound,
  unauthorized,
} from './crm-errors.ts'
import { faultsIn } from './properties.ts'
import { upsertBatch } from './upsert.ts'

export interface CrmParts {
  readonly contacts: Contacts
  readonly faults: Faults
  readonly token: string
}

const input = z.object({ properties: z.record(z.string(), z.string()) })
const deletion = z.object({ objectId: z.string(), idProperty: z.literal('email').optional() })

/**
 * Contacts as HubSpot's CRM API v3 has them.
 * https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
 */
export function crmApi({ contacts, faults, token }: CrmParts): Router {
  const api = Router()
  api.use(apiFaults('crm', faults, faultAnswers))
  api.use((req, res, next) => (hasToken(req, token) ? next() : send(res, unauthorized())))
  // A batch of a hundred contacts.
  api.use(express.json({ limit: '1mb' }))
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
    answering((req) => list(contacts, req)),
  )
  api.get(
    '/:id',
    answering((req) => withContact(contacts, req, (found) => ok(found, wantedIn(req)))),
  )
  api.patch(
    '/:id',
    answering((req) => withContact(contacts, req, (found) => change(contacts, found, req.body))),
  )
  api.use((_req, res) => send(res, noSuchResource()))
  api.use(explainBody)
  return api
}

const answering =
  (work: (req: Request) => Answer): RequestHandler =>
  (req, res) =>
    send(res, work(req))

const explainBody: ErrorRequestHandler = (error: Error, _req, res, _next) =>
  send(res, invalid(`Invalid input JSON: ${error.message}`))

function create(contacts: Contacts, body: unknown): Answer {
  const { data } = input.safeParse(body)
  if (!data) return invalid('Invalid input: properties is missing')
  return checked(contacts, data.properties, undefined, () => {
    const contact = contacts.create(data.properties, 'INTEGRATION')
    return { ...ok(contact, namesOf(data.properties)), status: 201 }
  })
}

function change(contacts: Contacts, contact: Contact, body: unknown): Answer {
  const { data } = input.safeParse(body)
  if (!data) return invalid('Invalid input: properties is missing')
  return checked(contacts, data.properties, contact.id, () =>
    ok(contacts.change(contact, data.properties, 'INTEGRATION'), namesOf(data.properties)),
  )
}

function checked(
  contacts: Contacts,
  properties: Properties,
  id: string | undefined,
  work: () => Answer,
): Answer {
  const faults = faultsIn(properties)
  if (faults.length > 0) return invalidProperties(faults)
  const other = contacts.byEmail(properties.email ?? '')
  return other && other.id !== id ? conflict(other.id) : work()
}

function forget(contacts: Contacts, body: unknown): Answer {
  const { data } = deletion.safeParse(body)
  if (!data) return invalid('Invalid input: objectId is missing')
  const contact = data.idProperty ? contacts.byEmail(data.objectId) : contacts.byId(data.objectId)
  if (contact) contacts.remove(contact)
  return { status: 204 }
}

function search(contacts: Contacts, body: unknown): Answer {
  const { data, error } = searchForm.safeParse(body)
  if (!data) return invalid(`Invalid input: ${z.prettifyError(error)}`)
  const found = contacts.newestFirst().filter((contact) => isFound(contact, data))
  const from = Number(data.after)
  const results = found.slice(from, from + data.limit).map((contact) => contactAnswer(contact, data))
  const next = from + data.limit
  const paging = next < found.length ? { paging: { next: { after: String(next) } } } : {}
  return { status: 200, body: { total: found.length, results, ...paging } }
}

/** Oldest first, `after` the id that the page before named. */
function list(contacts: Contacts, req: Request): Answer {
  const limit = Math.min(Math.max(Number(req.query.limit) || 10, 1), 100)
  const after = Number(req.query.after ?? 0)
  const rest = contacts
    .newestFirst()
    .reverse()
    .filter(({ id }) => Number(id) > after)
  const page = rest.slice(0, limit)
  const paging = rest.length > limit ? { paging: { next: { after: page.at(-1)?.id ?? '' } } } : {}
  const results = page.map((contact) => contactAnswer(contact, wantedIn(req)))
  return { status: 200, body: { results, ...paging } }
}

function withContact(contacts: Contacts, req: Request, work: (contact: Contact) => Answer): Answer {
  const id = String(req.params.id)
  const found = req.query.idProperty === 'email' ? contacts.byEmail(id) : contacts.byId(id)
  return found ? work(found) : notFound(id)
}

const ok = (contact: Contact, wanted: Wanted): Answer => ({
  status: 200,
  body: contactAnswer(contact, wanted),
})
const namesOf = (properties: Properties): Wanted => ({ properties: Object.keys(properties) })

const wantedIn = ({ query }: Request): Wanted => ({
  properties: namesIn(query.properties),
  withHistory: namesIn(query.propertiesWithHistory),
})

/** Names come with commas between them, or in a parameter each. */
const namesIn = (value: unknown): string[] =>
  [value ?? []].flat().flatMap((names) => String(names).split(','))
