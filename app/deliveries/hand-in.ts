import { setTimeout as wait } from 'node:timers/promises'
import { codeOf } from '../errors.ts'
import type { Invite } from '../invites/invite.ts'
import type { Mail } from '../mail/mailer.ts'
import type { HandlerParts } from './handler.ts'

const markAgainMilliseconds = 500

/**
 * Hands a mail in at the server and marks it in the store. While the store is away the mark waits, and with it the task
 * stays under way: handed back, it would be mailed again, by this worker or by another. The mark is there long before
 * BullMQ takes the task for stalled, so only a worker that dies in between leaves a mail that goes twice.
 */
export function handInOnce({
  invites,
  mailer,
  circuits,
}: Pick<HandlerParts, 'invites' | 'mailer' | 'circuits'>) {
  const taken = new Set<string>()

  async function mark(invite: Invite, id: string): Promise<void> {
    for (;;) {
      try {
        return await invites.mailed(invite.id, id)
      } catch (error) {
        if (codeOf(error) !== 'unavailable') throw error
        await wait(markAgainMilliseconds, undefined, { ref: false })
      }
    }
  }

  return async (invite: Invite, mail: Mail): Promise<void> => {
    if (!taken.has(mail.id)) await circuits.mail.call(mail.id, () => mailer.send(mail))
    taken.add(mail.id)
    await mark(invite, mail.id)
    taken.delete(mail.id)
  }
}
