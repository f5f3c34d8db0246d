import { z } from 'zod'
import type { Contact } from './contacts.ts'

const filter = z.object({
  propertyName: z.string(),
  operator: z.enum(['EQ', 'NEQ', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY', 'CONTAINS_TOKEN']),
  value: z.string().default(''),
  values: z.array(z.string()).default([]),
})

/** The part of HubSpot's search that the stand-in knows; anything else is refused rather than ignored. */
export const searchForm = z.strictObject({
  query: z.string().default(''),
  filterGroups: z
    .array(z.object({ filters: z.array(filter).max(6) }))
    .max(5)
    .default([]),
  sorts: z.array(z.never()).default([]),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(1).max(200).default(10),
  after: z.union([z.literal(''), z.string().regex(/^\d+$/)]).default('0'),
})

type Search = z.infer<typeof searchForm>
type Filter = z.infer<typeof filter>

const searched = ['email', 'firstname', 'lastname', 'company', 'phone', 'website']

/** Whether a contact is found: by every filter of any group, and by the text. */
export function isFound(contact: Contact, { query, filterGroups }: Search): boolean {
  const groups = filterGroups.length === 0 || filterGroups.some((group) => passesAll(contact, group.filters))
  return groups && searched.some((name) => holds(contact.properties[name] ?? '', query))
}

const passesAll = (contact: Contact, filters: readonly Filter[]) =>
  filters.every((condition) => passes(contact.properties[condition.propertyName], condition))

function passes(property: string | undefined, { operator, value, values }: Filter): boolean {
  switch (operator) {
    case 'EQ':
      return same(property, value)
    case 'NEQ':
      return !same(property, value)
    case 'IN':
      return values.some((one) => same(property, one))
    case 'NOT_IN':
      return property !== undefined && !values.some((one) => same(property, one))
    case 'HAS_PROPERTY':
      return property !== undefined
    case 'NOT_HAS_PROPERTY':
      return property === undefined
    case 'CONTAINS_TOKEN':
      return holds(property ?? '', value.replaceAll('*', ''))
  }
}

const same = (property: string | undefined, value: string) => property?.toLowerCase() === value.toLowerCase()
const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase())
