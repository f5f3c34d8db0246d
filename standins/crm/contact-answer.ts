import type { Contact } from './contacts.ts'

// What HubSpot answers when nobody asks for certain properties.
const always = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname']

/** Which properties a call asks for. */
export interface Wanted {
  readonly properties: readonly string[]
  readonly withHistory?: readonly string[]
}

export type Query = Readonly<Record<string, unknown>>

export const wantedIn = ({ properties, propertiesWithHistory }: Query): Wanted => ({
  properties: namesIn(properties),
  withHistory: namesIn(propertiesWithHistory),
})

/** Names come with commas between them, or in a parameter each. */
const namesIn = (value: unknown): string[] =>
  [value ?? []].flat().flatMap((names) => String(names).split(','))

/** A contact as the API writes it; a property without a value is null. */
export function contactAnswer(contact: Contact, { properties, withHistory = [] }: Wanted) {
  const names = [...new Set([...always, ...properties])]
  const history = withHistory.includes('invite_status')
    ? { propertiesWithHistory: { invite_status: contact.statuses.map(withSource) } }
    : {}
  return {
    id: contact.id,
    properties: Object.fromEntries(names.map((name) => [name, contact.properties[name] ?? null])),
    ...history,
    createdAt: contact.createdAt,
    updatedAt: contact.updatedAt,
    archived: false,
  }
}

const withSource = (entry: Contact['statuses'][number]) => ({ ...entry, sourceType: 'INTEGRATION' })
