import PostalMime, { type Address } from 'postal-mime'
import type { ParsedMail } from './mailbox.ts'

/** Reads a mail from its source (RFC 5322). */
export async function parseMail(source: Buffer): Promise<ParsedMail> {
  const mail = await PostalMime.parse(source)
  return {
    messageId: (mail.messageId ?? '').replace(/^<|>$/g, ''),
    from: written(mail.from),
    to: (mail.to ?? []).map(written),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
  }
}

const written = (address: Address | undefined): string =>
  address?.name ? `${address.name} <${address.address ?? ''}>` : (address?.address ?? '')
