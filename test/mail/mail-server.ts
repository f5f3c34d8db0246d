import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came over the wire. */
  readonly raw: string
  readonly parsed: Email
}

export interface MailServer {
  readonly url: string
  readonly mails: readonly TakenMail[]
  /** Connections that were ever opened. */
  readonly connections: () => number
}

/** A real SMTP server that keeps what it takes, without TLS or sign-in unless the options say so. */
export async function mailServer(t: TestContext, options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: TakenMail[] = []
  let connections = 0
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 10,
    onConnect(_session, done) {
      connections++
      done()
    },
    async onData(stream, { envelope }, done) {
      const chunks = await stream.toArray().catch(() => [])
      if (chunks.length === 0) return done(new Error('the client went away'))
      const raw = Buffer.concat(chunks).toString()
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      const to = envelope.rcptTo.map(({ address }) => address)
      mails.push({ from, to, raw, parsed: await PostalMime.parse(raw) })
      done()
    },
    ...options,
  })
  // A client that goes away is what some of the tests are about.
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await new Promise<void>((ready) => listening.once('listening', () => ready()))
  t.after(() => void server.close())
  const url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`
  return { url, mails, connections: () => connections }
}

/** What an SMTP server says no with. */
export const smtpError = (responseCode: number, text = 'no'): Error =>
  Object.assign(new Error(text), { responseCode })
