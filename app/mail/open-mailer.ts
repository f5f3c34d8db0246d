import type { Config } from '../config/config.ts'
import type { Mailer } from './mailer.ts'
import { createOutboxMailer } from './outbox-mailer.ts'
import { readSender } from './sender.ts'
import { createSmtpMailer } from './smtp-mailer.ts'

/**
 * The client that the configuration names.
 * @throws Error when MAIL_FROM is no sender.
 */
export function openMailer({
  mailUrl,
  mailFrom,
  outboxDir,
}: Pick<Config, 'mailUrl' | 'mailFrom' | 'outboxDir'>): Mailer {
  const from = readSender(mailFrom)
  return mailUrl === 'outbox:' ? createOutboxMailer(outboxDir, from) : createSmtpMailer(mailUrl, from)
}
