import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { OutsideError } from '../outside/outside-error.ts'
import { mailMessage } from './mail-message.ts'
import type { Mailer } from './mailer.ts'
import type { Sender } from './sender.ts'

/** Writes each mail to OUTBOX_DIR/ID.eml, where no mail server is configured: the same mail makes the same file. */
export function createOutboxMailer(outboxDir: string, from: Sender): Mailer {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      const { message } = await composer.sendMail(mailMessage(from, mail))
      const file = join(outboxDir, `${mail.id}.eml`)
      await save(outboxDir, file, message as Buffer).catch((error: NodeJS.ErrnoException) => {
        throw new OutsideError('mail', 'failing', `cannot write ${file} (${error.code}): see OUTBOX_DIR`, {
          cause: error,
        })
      })
    },
    close: async () => composer.close(),
  }
}

async function save(folder: string, file: string, message: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unfinished = `${file}.tmp`
  await writeFile(unfinished, message, { mode: 0o600, flush: true })
  await rename(unfinished, file)
}
