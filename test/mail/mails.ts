import type { TestContext } from 'node:test'
import type { Mail, Mailer } from '../../app/mail/mailer.ts'
import { openMailer } from '../../app/mail/open-mailer.ts'

export const mail: Mail = {
  id: 'mail-abc_123',
  to: 'ada@example.com',
  subject: 'Your invite to Dogfood',
  text: 'Hello Ada,\nwelcome.',
  html: '<p>Hello <b>Ada</b></p>',
}

/** A mailer that is closed with the test. */
export function mailerTo(t: TestContext, mailUrl: string, mailFrom = 'Dogfood <hello@example.org>'): Mailer {
  const mailer = openMailer({ mailUrl, mailFrom, outboxDir: '' })
  t.after(() => mailer.close())
  return mailer
}
