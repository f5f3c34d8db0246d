import { createTransport } from 'nodemailer'
import { mailFault } from './mail-fault.ts'
import { mailMessage } from './mail-message.ts'
import type { Mailer } from './mailer.ts'
import type { Sender } from './sender.ts'

/** Milliseconds. */
export interface SmtpLimits {
  readonly connect: number
  /** For each answer of the server. */
  readonly answer: number
  /** For the whole mail: ends a dialogue whose server says a little now and then. A worker that stops waits longer. */
  readonly mail: number
}

const usualLimits: SmtpLimits = { connect: 2000, answer: 10_000, mail: 12_000 }
const mostConnections = 10

/** Hands mail in at `smtp://…` (with STARTTLS where it is offered) or `smtps://…`. */
export function createSmtpMailer(url: string, from: Sender, limits: SmtpLimits = usualLimits): Mailer {
  const transport = createTransport({
    ...serverOf(url),
    pool: true,
    maxConnections: mostConnections,
    // The queue tries again, and knows how often.
    maxRequeues: 0,
    connectionTimeout: limits.connect,
    dnsTimeout: limits.connect,
    greetingTimeout: limits.answer,
    socketTimeout: limits.answer,
  })
  return {
    async send(mail) {
      try {
        const signal = AbortSignal.timeout(limits.mail)
        await transport.sendMail({ ...mailMessage(from, mail), signal })
      } catch (error) {
        throw mailFault(error)
      }
    },
    close: async () => transport.close(),
  }
}

function serverOf(text: string) {
  const { protocol, hostname, port, username, password } = new URL(text)
  const secure = protocol === 'smtps:'
  const server = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
  }
  if (username === '') return server
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  // A password goes over no connection that others can read, whatever a man in the middle offers.
  return { ...server, auth, requireTLS: true }
}
