import { Signature } from '@hubspot/api-client/lib/src/utils/signature.js'

export const secret = 'the client secret of an app'
export const publicUrl = 'https://www.example.com'
export const path = '/hooks/crm'

/** An event as HubSpot sends it: a contact was invited. */
export const invitedEvent = {
  eventId: 3_816_279_340,
  subscriptionId: 25,
  portalId: 33,
  appId: 1_160_452,
  occurredAt: 1_708_986_598_741,
  subscriptionType: 'contact.propertyChange',
  attemptNumber: 0,
  objectId: 65_059_681_032,
  changeSource: 'CRM_UI',
  propertyName: 'invite_status',
  propertyValue: 'invited',
}

export interface Signed {
  readonly body?: string
  readonly by?: string
  readonly at?: number
  readonly uri?: string
  readonly method?: string
}

/** The headers with which HubSpot's own code signs a request. */
export function signedHeaders({
  body = '',
  by = secret,
  at = Date.now(),
  uri = publicUrl + path,
  method = 'POST',
}: Signed): Record<string, string> {
  const options = { clientSecret: by, requestBody: body, url: uri, timestamp: at, signature: '' }
  return {
    'content-type': 'application/json',
    'x-hubspot-request-timestamp': String(at),
    'x-hubspot-signature-v3': Signature.getSignature(method, 'v3', options),
  }
}
