import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Task } from '../deliveries/task.ts'
import { SiteError } from '../errors.ts'

// Events of many forms come together, see https://developers.hubspot.com/docs/api-reference/2026-03/webhooks/guide.
// One that does not matter here, or cannot be read, must not keep those from being taken that do: of it, only the type
// is looked at.
const anyEvent = z.looseObject({ subscriptionType: z.string() })

const invitation = z.object({
  eventId: z.number(),
  subscriptionId: z.number(),
  objectId: z.int().nonnegative(),
  /** Milliseconds since 1970. */
  occurredAt: z.number(),
})

const contactTypeId = '0-1'

export interface InvitedTasks {
  readonly tasks: readonly Task[]
  /** What is the matter with each event that is left out because it has another form; nothing that the CRM sent. */
  readonly unread: readonly string[]
}

/**
 * The tasks that the CRM's events ask for: one for each contact that was invited there. All else is let be.
 * @throws SiteError `badRequest` for a body that holds no events, or none that can be read.
 */
export function invitedTasks(body: Buffer): InvitedTasks {
  const events = parsedJson(body)
  if (!Array.isArray(events)) throw new SiteError('badRequest', 'the CRM sent something other than events')
  const read = events.map(readEvent)
  const unread = read.flatMap(({ fault }) => fault ?? [])
  if (unread.length > 0 && unread.length === events.length) {
    throw new SiteError('badRequest', `the CRM sent ${unread.join('; ')}`)
  }
  return { tasks: read.flatMap(({ task }) => task ?? []), unread }
}

/** Neither, when the event asks for nothing. */
interface ReadEvent {
  readonly task?: Task
  readonly fault?: string
}

function readEvent(value: unknown): ReadEvent {
  const event = anyEvent.safeParse(value)
  if (!event.success) return { fault: otherForm(event.error) }
  if (!isInvitation(event.data)) return {}
  const invited = invitation.safeParse(value)
  return invited.success ? { task: taskOf(invited.data) } : { fault: otherForm(invited.error) }
}

/** The older form of events names the kind of object in their type, the newer one beside it. */
function isInvitation(event: z.infer<typeof anyEvent>): boolean {
  const { subscriptionType, objectTypeId, propertyName, propertyValue } = event
  const isChange =
    subscriptionType === 'contact.propertyChange' ||
    (subscriptionType === 'object.propertyChange' && objectTypeId === contactTypeId)
  return isChange && propertyName === 'invite_status' && propertyValue === 'invited'
}

/** An event that is sent again has the same id here; HubSpot's own is not unique. */
function taskOf({ eventId, subscriptionId, objectId, occurredAt }: z.infer<typeof invitation>): Task {
  const event = JSON.stringify([eventId, subscriptionId, objectId, occurredAt])
  const id = `crm-${createHash('sha256').update(event).digest('base64url').slice(0, 22)}`
  return { kind: 'invited in the CRM', crmId: String(objectId), id }
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new SiteError('badRequest', 'the CRM sent something other than JSON')
  }
}

const otherForm = ({ issues }: z.ZodError): string =>
  `an event of another form: ${issues.map(({ path }) => path.join('.') || 'all of it').join(', ')}`
