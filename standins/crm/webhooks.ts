import { setTimeout as wait } from 'node:timers/promises'
import { dropOldest } from '../newest.ts'
import { signatureHeaders, type WebhookEvent } from './webhook-event.ts'

/** How it goes with the last webhook about a contact. */
export interface WebhookState {
  readonly state: 'sending' | 'delivered' | 'failed'
  readonly attempts: number
  /** What the site answered last, or why it did not. */
  readonly answer: string
}

/** Tells the site of changes, again and again until it takes them. */
export interface Webhooks {
  tell(event: WebhookEvent): void
  /** Sends what waits; resolves after the first attempt. */
  flush(): Promise<void>
  about(contactId: string): WebhookState | undefined
  close(): void
}

export interface WebhookParts {
  readonly siteUrl: string
  readonly publicUrl: string
  /** Empty: nothing is sent. */
  readonly secret: string
  /** Milliseconds from one attempt to the next. */
  readonly pauses?: readonly number[]
}

const path = '/hooks/crm'
const mostEvents = 100
// HubSpot gathers changes too, and tells of them some seconds later.
const gatherMilliseconds = 100
const answerMilliseconds = 5000
const mostStates = 20_000
// HubSpot tries ten times too, but over a day.
const tenAttempts = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]

export function createWebhooks(parts: WebhookParts): Webhooks {
  const { siteUrl, publicUrl, secret, pauses = tenAttempts } = parts
  const states = new Map<number, WebhookState>()
  const closing = new AbortController()
  let gathered: WebhookEvent[] = []
  let timer: NodeJS.Timeout | undefined

  const note = (events: readonly WebhookEvent[], state: WebhookState) => {
    for (const { objectId } of events) states.set(objectId, state)
    dropOldest(states, mostStates)
  }
  async function attempt(events: readonly WebhookEvent[], attemptNumber: number): Promise<boolean> {
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber })))
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(answerMilliseconds)])
    const headers = {
      'content-type': 'application/json',
      ...signatureHeaders(secret, publicUrl + path, body),
    }
    const { ok, answer } = await post(siteUrl + path, { body, headers, signal })
    const isLast = attemptNumber === pauses.length
    const state = ok ? 'delivered' : isLast ? 'failed' : 'sending'
    note(events, { state, attempts: attemptNumber + 1, answer })
    return ok
  }
  async function repeat(events: readonly WebhookEvent[]): Promise<void> {
    for (const [index, pause] of pauses.entries()) {
      await wait(pause, undefined, { ref: false })
      if (closing.signal.aborted || (await attempt(events, index + 1))) return
    }
  }
  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const batches = inBatches(gathered)
    gathered = []
    await Promise.all(
      batches.map(async (events) => {
        if (!(await attempt(events, 0))) void repeat(events)
      }),
    )
  }

  return {
    tell(event) {
      if (secret === '') return
      gathered.push(event)
      note([event], { state: 'sending', attempts: 0, answer: '' })
      timer ??= setTimeout(flush, gatherMilliseconds).unref()
    },
    flush,
    about: (contactId) => states.get(Number(contactId)),
    close: () => closing.abort(),
  }
}

const inBatches = (events: readonly WebhookEvent[]): WebhookEvent[][] =>
  Array.from({ length: Math.ceil(events.length / mostEvents) }, (_, index) =>
    events.slice(index * mostEvents, (index + 1) * mostEvents),
  )

async function post(url: string, request: RequestInit): Promise<{ ok: boolean; answer: string }> {
  try {
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', ...request })
    await answer.body?.cancel()
    return { ok: answer.ok, answer: String(answer.status) }
  } catch (error) {
    const { name, cause } = error as Error
    return { ok: false, answer: String((cause as NodeJS.ErrnoException | undefined)?.code ?? name) }
  }
}
