import addressparser from 'nodemailer/lib/addressparser'

/** Whom mail is from. */
export interface Sender {
  readonly name: string
  readonly address: string
}

const plainAddress = /^[^\s\p{C}<>"(),:;@[\\\]]+@[^\s\p{C}<>"(),:;@[\\\]]+$/u

/**
 * An address that cannot be taken for anything else in a header or an SMTP command: no white space, no control
 * character, no comma, and none of the other characters that need quoting there (RFC 5322, 3.2.3).
 */
export const isPlainAddress = (address: string): boolean => plainAddress.test(address)

/** @throws Error unless MAIL_FROM names exactly one sender. */
export function readSender(mailFrom: string): Sender {
  const [sender, ...others] = addressparser(mailFrom, { flatten: true })
  if (sender && others.length === 0 && isPlainAddress(sender.address)) return sender
  throw new Error(
    `MAIL_FROM: expected NAME <ADDRESS>, such as Dogfood <hello@example.com>, got "${mailFrom}"`,
  )
}
