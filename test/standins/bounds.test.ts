import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContacts } from '../../standins/crm/contacts.ts'
import { createMailbox } from '../../standins/mail/mailbox.ts'

const mail = { from: '', to: [], subject: '', text: '', html: '', headers: [], recipients: [] }

test('the CRM keeps the newest contacts, and a dropped address can come again', () => {
  const contacts = createContacts(() => {}, 3)
  for (const name of ['a', 'b', 'c', 'd']) contacts.create({ email: `${name}@example.com` }, 'INTEGRATION')
  assert.deepEqual(
    contacts.newestFirst().map(({ properties }) => properties.email?.[0]),
    ['d', 'c', 'b'],
  )
  assert.equal(contacts.byEmail('a@example.com'), undefined)
  assert.equal(contacts.create({ email: 'a@example.com' }, 'INTEGRATION').properties.email, 'a@example.com')
})

test('the mailbox keeps the newest mails', () => {
  const mailbox = createMailbox(3)
  for (const messageId of ['a', 'b', 'c', 'd']) mailbox.add({ ...mail, messageId })
  assert.deepEqual(
    mailbox.newestFirst().map(({ messageId }) => messageId),
    ['d', 'c', 'b'],
  )
})
