import type { Config } from '../config/config.ts'
import type { Mailer } from './mailer.ts'
import { readSender, type Sender } from './sender.ts'

/**
 * The client that the configuration names, loaded with the first mail: it is the largest part of a website beside
 * which a queue in memory is worked off.
 * @throws Error when MAIL_FROM is no sender.
 */
export function openMailer({
  mailUrl,
  mailFrom,
  outboxDir,
}: Pick<Config, 'mailUrl' | 'mailFrom' | 'outboxDir'>): Mailer {
  const from = readSender(mailFrom)
  let opening: Promise<Mailer> | undefined
  const mailer = () => {
    opening ??= mailUrl === 'outbox:' ? outbox(outboxDir, from) : smtp(mailUrl, from)
    return opening
  }
  return {
    send: async (mail) => (await mailer()).send(mail),
    close: async () => (await opening)?.close(),
  }
}

const outbox = async (folder: string, from: Sender): Promise<Mailer> =>
  (await import('./outbox-mailer.ts')).createOutboxMailer(folder, from)

const smtp = async (url: string, from: Sender): Promise<Mailer> =>
  (await import('./smtp-mailer.ts')).createSmtpMailer(url, from)
