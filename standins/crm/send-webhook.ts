import { createHmac } from 'node:crypto'
import type { WebhookEvent } from './webhook-event.ts'

export interface WebhookTarget {
  /** Where the site is called. */
  readonly siteUrl: string
  /** What is signed: where visitors reach the site. */
  readonly publicUrl: string
  /** Empty: nothing is sent. */
  readonly secret: string
}

const path = '/hooks/crm'
const answerMilliseconds = 5000

/** Tells the site of changes, once; whether it took them, and what it answered or why it did not. */
export async function sendWebhook(
  { siteUrl, publicUrl, secret }: WebhookTarget,
  events: readonly WebhookEvent[],
  attemptNumber: number,
  stop: AbortSignal,
): Promise<{ ok: boolean; answer: string }> {
  const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber })))
  try {
    const answer = await fetch(siteUrl + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...signatureHeaders(secret, publicUrl + path, body) },
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(answerMilliseconds)]),
    })
    await answer.body?.cancel()
    return { ok: answer.ok, answer: String(answer.status) }
  } catch (error) {
    const { name, cause } = error as Error
    return { ok: false, answer: String((cause as NodeJS.ErrnoException | undefined)?.code ?? name) }
  }
}

/**
 * The headers that sign a webhook.
 * https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests#validate-the-v3-request-signature
 */
function signatureHeaders(secret: string, uri: string, body: string): Record<string, string> {
  const now = Date.now()
  const signature = createHmac('sha256', secret).update(`POST${uri}${body}${now}`).digest('base64')
  return { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(now) }
}
