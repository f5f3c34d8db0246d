import { type AccountBook, createAccountBook } from './accounts/account-book.ts'
import { type Contacts, createContacts } from './crm/contacts.ts'
import { statusEvent } from './crm/webhook-event.ts'
import { createWebhooks, type Webhooks } from './crm/webhooks.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { createMailbox, type Mailbox } from './mail/mailbox.ts'
import type { StandInSettings } from './settings.ts'

/** What the stand-ins remember; all of it is gone with the process. */
export interface StandInParts {
  readonly contacts: Contacts
  readonly webhooks: Webhooks
  readonly book: AccountBook
  readonly mailbox: Mailbox
  readonly faults: Faults
}

export function createParts(settings: StandInSettings): StandInParts {
  const { siteUrl, publicUrl, crmWebhookSecret: secret } = settings
  const webhooks = createWebhooks({ siteUrl, publicUrl, secret })
  const contacts = createContacts((contact, status, source) =>
    webhooks.tell(statusEvent(contact, status, source)),
  )
  return {
    contacts,
    webhooks,
    book: createAccountBook(),
    mailbox: createMailbox(),
    faults: createFaults(),
  }
}
