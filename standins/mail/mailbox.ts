import { randomUUID } from 'node:crypto'
import { dropOldest, newestFirst } from '../newest.ts'

export interface ParsedMail {
  /** Without angle brackets; empty when the mail has none. */
  readonly messageId: string
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
}

export interface ReceivedMail extends ParsedMail {
  /** Whom the envelope names, which no header need to. */
  readonly recipients: readonly string[]
}

export interface KeptMail extends ReceivedMail {
  /** Names it in addresses of the page. */
  readonly id: string
  readonly receivedAt: string
  /** How often it arrived. */
  readonly deliveries: number
}

/** What arrived; a mail with a Message-ID that is there already is the same mail. */
export interface Mailbox {
  add(mail: ReceivedMail): void
  find(id: string): KeptMail | undefined
  newestFirst(): KeptMail[]
  readonly size: number
}

const mostMails = 1000

export function createMailbox(most = mostMails): Mailbox {
  const mails = new Map<string, KeptMail>()
  return {
    add(mail) {
      const key = mail.messageId || randomUUID()
      const known = mails.get(key)
      const { id, receivedAt } = known ?? { id: randomUUID(), receivedAt: new Date().toISOString() }
      mails.set(key, { ...mail, id, receivedAt, deliveries: (known?.deliveries ?? 0) + 1 })
      dropOldest(mails, most)
    },
    find: (id) => [...mails.values()].find((mail) => mail.id === id),
    newestFirst: () => newestFirst(mails),
    get size() {
      return mails.size
    },
  }
}
