import { z } from 'zod'
import type { Answer } from '../answer.ts'
import { contactAnswer, type Query, wantedIn } from './contact-answer.ts'
import { isFound, searchForm } from './contact-search.ts'
import type { Contacts } from './contacts.ts'
import { invalid } from './crm-errors.ts'

const usualLimit = 10
const largestLimit = 100

/** A page of what is found, newest first; `after` is how many come before it. */
export function search(contacts: Contacts, body: unknown): Answer {
  const { data, error } = searchForm.safeParse(body)
  if (!data) return invalid(`Invalid input: ${z.prettifyError(error)}`)
  const found = contacts.newestFirst().filter((contact) => isFound(contact, data))
  const from = Number(data.after)
  const next = from + data.limit
  const results = found.slice(from, next).map((contact) => contactAnswer(contact, data))
  return { status: 200, body: { total: found.length, results, ...(next < found.length && nextPage(next)) } }
}

/** A page of all contacts, oldest first; `after` is the id of the last one of the page before. */
export function list(contacts: Contacts, query: Query): Answer {
  const limit = Math.min(Math.max(Number(query.limit) || usualLimit, 1), largestLimit)
  const after = Number(query.after ?? 0)
  const rest = contacts
    .newestFirst()
    .reverse()
    .filter(({ id }) => Number(id) > after)
  const page = rest.slice(0, limit)
  const results = page.map((contact) => contactAnswer(contact, wantedIn(query)))
  return { status: 200, body: { results, ...(rest.length > limit && nextPage(page.at(-1)?.id ?? 0)) } }
}

const nextPage = (after: number | string) => ({ paging: { next: { after: String(after) } } })
