import type { Properties } from './contacts.ts'
import type { InvalidProperty } from './crm-errors.ts'

// Those of HubSpot's own that a website has a use for; each account adds what it needs.
const standard = [
  'city',
  'company',
  'country',
  'createdate',
  'email',
  'firstname',
  'hs_lead_status',
  'hs_object_id',
  'jobtitle',
  'lastmodifieddate',
  'lastname',
  'lifecyclestage',
  'message',
  'phone',
  'website',
]
const own = /^invite_[a-z_]+$/

export const isProperty = (name: string): boolean => standard.includes(name) || own.test(name)

/** What is wrong with values that somebody wants to set. */
export const faultsIn = (properties: Properties): InvalidProperty[] =>
  Object.entries(properties).flatMap(([name, value]) => {
    if (!isProperty(name)) {
      return { name, error: 'PROPERTY_DOESNT_EXIST' as const, message: `Property "${name}" does not exist` }
    }
    const isWrong = name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
    return isWrong ? { name, error: 'INVALID_EMAIL' as const, message: 'Email address is invalid' } : []
  })
