import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { type Faults, slowMilliseconds } from '../faults/faults.ts'
import type { Mailbox } from './mailbox.ts'
import { parseMail } from './parse-mail.ts'

const largestMail = 1024 * 1024
const closeMilliseconds = 500

/** A mail server that takes every mail for every address, from whoever signs in as whoever. */
export function createSmtp(mailbox: Mailbox, faults: Faults): SMTPServer {
  const smtp = new SMTPServer({
    banner: 'Nothing that is sent here is sent on',
    // Its certificate would be nobody's.
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: largestMail,
    closeTimeout: closeMilliseconds,
    onAuth: (_auth, _session, callback) => callback(null, { user: 'anyone' }),
    onRcptTo: (_address, _session, callback) =>
      callback(faults.mail() === 'refuse' ? refusal(550, 'No such mailbox') : null),
    onData(stream, { envelope }, callback) {
      const recipients = envelope.rcptTo.map(({ address }) => address)
      const keep = async (source: Buffer) => mailbox.add({ ...(await parseMail(source)), recipients })
      buffer(stream)
        .then((source) =>
          stream.sizeExceeded
            ? refusal(552, 'Mail is longer than 1 MB')
            : receive(() => keep(source), faults),
        )
        .then((error) => callback(error), callback)
    },
  })
  // A client that hangs up is no reason to end.
  smtp.on('error', () => {})
  return smtp
}

/** Keeps a mail; answers what to refuse it with. A slow one is kept at once, only its answer is late. */
async function receive(keep: () => Promise<void>, faults: Faults): Promise<Error | null> {
  const fault = faults.mail()
  if (fault === 'hang') await new Promise(() => {})
  if (fault === 'fail') return refusal(451, 'Local error, try again later')
  await keep()
  if (fault === 'slow') await wait(slowMilliseconds, undefined, { ref: false })
  return null
}

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode })
