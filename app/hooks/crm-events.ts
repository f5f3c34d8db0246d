import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Task } from '../deliveries/task.ts'
import { SiteError } from '../errors.ts'

// Events of many forms come together, see https://developers.hubspot.com/docs/api-reference/2026-03/webhooks/guide.
// One that does not matter here must not keep those from being taken that do: of it, only the type is looked at.
const anyEvent = z.looseObject({ subscriptionType: z.string() })

const invitation = z.object({
  eventId: z.number(),
  subscriptionId: z.number(),
  objectId: z.int().nonnegative(),
  /** Milliseconds since 1970. */
  occurredAt: z.number(),
})

const contactTypeId = '0-1'

/**
 * The tasks that the CRM's events ask for: one for each contact that was invited there. All else is let be.
 * @throws SiteError `badRequest` for a body that holds no events.
 */
export const invitedTasks = (body: Buffer): Task[] =>
  parsed(z.array(anyEvent), parsedJson(body))
    .filter(isInvitation)
    .map((event) => taskOf(parsed(invitation, event)))

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

function parsed<Value>(form: z.ZodType<Value>, value: unknown): Value {
  const result = form.safeParse(value)
  if (result.success) return result.data
  const keys = result.error.issues.map(({ path }) => path.join('.') || 'all of it')
  throw new SiteError('badRequest', `the CRM sent events of another form: ${keys.join(', ')}`)
}
