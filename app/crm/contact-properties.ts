import { z } from 'zod'
import type { ContactNews, CrmContact } from './crm-client.ts'

/** The properties of a HubSpot contact that we write. The last two are not HubSpot's own: an operator adds them. */
export const propertyNames = [
  'email',
  'firstname',
  'lastname',
  'company',
  'invite_status',
  'invite_purpose',
] as const

type Properties = Readonly<Partial<Record<(typeof propertyNames)[number], string>>>

/**
 * The properties that news change. HubSpot knows first and last names: the last word is the last name, as its own
 * forms take it. An empty text is left out, since it would remove what others wrote there.
 */
export function propertiesOf({ email, name = '', company, purpose, status }: ContactNews): Properties {
  const words = name.split(/\s+/).filter(Boolean)
  const properties = {
    email,
    firstname: (words.length > 1 ? words.slice(0, -1) : words).join(' '),
    lastname: words.length > 1 ? words.at(-1) : '',
    company,
    invite_status: status,
    invite_purpose: purpose,
  }
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value))
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** HubSpot answers `null` for a property without a value, and leaves out one that does not exist. */
export const contactProperties = z
  .object({
    email: text,
    firstname: text,
    lastname: text,
    company: text,
    // Somebody may have set anything there, which invites nobody.
    invite_status: z.enum(['requested', 'invited', 'signed up']).catch('requested'),
    invite_purpose: text,
  })
  .transform(
    (found): CrmContact => ({
      email: found.email,
      name: [found.firstname, found.lastname].filter(Boolean).join(' '),
      company: found.company,
      purpose: found.invite_purpose,
      status: found.invite_status,
    }),
  )
