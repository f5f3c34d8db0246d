import { setTimeout as wait } from 'node:timers/promises'
import { dropOldest } from '../newest.ts'
import { sendWebhook, type WebhookTarget } from './send-webhook.ts'
import type { WebhookEvent } from './webhook-event.ts'

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

export interface WebhookParts extends WebhookTarget {
  /** Milliseconds from one attempt to the next. */
  readonly pauses?: readonly number[]
}

const mostEvents = 100
// HubSpot gathers changes too, and tells of them some seconds later.
const gatherMilliseconds = 100
const mostStates = 20_000
// HubSpot tries ten times too, but over a day.
const tenAttempts = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]

export function createWebhooks(parts: WebhookParts): Webhooks {
  const { secret, pauses = tenAttempts } = parts
  const states = new Map<number, WebhookState>()
  const closing = new AbortController()
  let gathered: WebhookEvent[] = []
  let timer: NodeJS.Timeout | undefined

  const note = (events: readonly WebhookEvent[], state: WebhookState) => {
    for (const { objectId } of events) states.set(objectId, state)
    dropOldest(states, mostStates)
  }
  async function attempt(events: readonly WebhookEvent[], attemptNumber: number): Promise<boolean> {
    const { ok, answer } = await sendWebhook(parts, events, attemptNumber, closing.signal)
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
