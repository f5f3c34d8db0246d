import { createHmac } from 'node:crypto'
import { isSame } from '../signing/mac.ts'

export interface SignedRequest {
  readonly method: string
  /** The whole address that was called, as the caller knows it. */
  readonly uri: string
  readonly body: Buffer
  /** Milliseconds since 1970, as the header has them. */
  readonly timestamp: string
  readonly signature: string
}

export const windowMilliseconds = 5 * 60 * 1000

/**
 * HubSpot's signature, version 3: base64 of the HMAC-SHA256 of method, URI, raw body and timestamp, one after the
 * other, keyed with the app's client secret, see
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation. There,
 * some percent-encoded characters of the URI count decoded; ours has none.
 */
export function signatureOf(
  secret: string,
  { method, uri, body, timestamp }: Omit<SignedRequest, 'signature'>,
): string {
  return createHmac('sha256', secret)
    .update(`${method}${uri}`)
    .update(body)
    .update(timestamp)
    .digest('base64')
}

/** Whether a holder of the secret has just signed the request: five minutes ago at most, or ahead by a clock. */
export function isSigned(secret: string, request: SignedRequest, now = Date.now()): boolean {
  const isFresh =
    /^\d{1,15}$/.test(request.timestamp) && Math.abs(now - Number(request.timestamp)) <= windowMilliseconds
  return isSame(signatureOf(secret, request), request.signature) && isFresh
}
