import type { SendMailOptions } from 'nodemailer'
import { OutsideError } from '../outside/outside-error.ts'
import type { Mail } from './mailer.ts'
import { isPlainAddress, type Sender } from './sender.ts'

const plainId = /^[\w-]{1,128}$/

/**
 * What nodemailer is to send. Addresses are objects, never text that it would parse: nothing typed by a visitor can
 * add a recipient or a header.
 */
export function mailMessage(from: Sender, { id, to, subject, text, html }: Mail): SendMailOptions {
  if (!isPlainAddress(to)) {
    throw new OutsideError(
      'mail',
      'refused',
      'the address of the recipient has a form that no mail is sent to',
    )
  }
  if (!plainId.test(id))
    throw new OutsideError('mail', 'refused', 'the id of a mail is letters, digits, - and _')
  const host = from.address.slice(from.address.lastIndexOf('@') + 1)
  return {
    messageId: `<${id}@${host}>`,
    from: { ...from },
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    // RFC 3834: no answering machine answers it. Exchange looks at the other one.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
