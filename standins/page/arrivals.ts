import type { Contact } from '../crm/contacts.ts'
import { faultsOf, systems } from '../faults/faults.ts'
import type { KeptMail } from '../mail/mailbox.ts'
import type { StandInParts } from '../stand-in-parts.ts'

const mostShown = 50

const titles = { crm: 'CRM', accounts: 'Accounts', mail: 'Mail' } as const

/** What the page shows: the newest of everything, and which system has which fault. */
export function arrivals(parts: StandInParts): object {
  const { contacts, book, mailbox } = parts
  return {
    systems: systemsOf(parts),
    contacts: contacts
      .newestFirst()
      .slice(0, mostShown)
      .map((contact) => contactRow(contact, parts)),
    accounts: book.newestFirst().slice(0, mostShown),
    mails: mailbox.newestFirst().slice(0, mostShown),
    counts: { contacts: contacts.size, accounts: book.size, mails: mailbox.size },
    mostShown,
  }
}

const systemsOf = ({ faults }: StandInParts) =>
  systems.map((system) => ({
    name: system,
    title: titles[system],
    now: system === 'mail' ? faults.mail() : faults.api(system),
    faults: faultsOf[system],
  }))

const contactRow = (contact: Contact, { webhooks }: StandInParts) => ({
  id: contact.id,
  email: contact.properties.email,
  name: [contact.properties.firstname, contact.properties.lastname].filter(Boolean).join(' '),
  company: contact.properties.company,
  status: contact.properties.invite_status,
  canBeInvited: !['invited', 'signed up'].includes(contact.properties.invite_status ?? ''),
  upserts: contact.upserts,
  updatedAt: contact.updatedAt,
  webhook: webhooks.about(contact.id),
})

const webAddress = /(https?:\/\/[^\s<>"]+)/

/** A mail with its text in parts, every other one the address of a link. */
export const mailView = (mail: KeptMail): object => ({
  mail,
  parts: mail.text.split(webAddress).map((text, index) => ({ text, isLink: index % 2 === 1 })),
})
