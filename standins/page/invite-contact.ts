import { setTimeout as wait } from 'node:timers/promises'
import type { Contact } from '../crm/contacts.ts'
import type { StandInParts } from '../stand-in-parts.ts'

// So that the page that comes next shows what the site said, if it says something soon.
const firstAnswerMilliseconds = 1500

/** Invites a contact as somebody at the CRM would; resolves when the site was told, or is slow. */
export async function inviteContact(
  contact: Contact,
  { contacts, webhooks }: Pick<StandInParts, 'contacts' | 'webhooks'>,
): Promise<void> {
  contacts.change(contact, { invite_status: 'invited' }, 'CRM_UI')
  await Promise.race([webhooks.flush(), wait(firstAnswerMilliseconds, undefined, { ref: false })])
}
