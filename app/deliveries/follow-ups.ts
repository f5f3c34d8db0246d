import type { Invite } from '../invites/invite.ts'
import type { Task } from './task.ts'
import type { TaskQueue } from './task-queue.ts'

/** Tasks that follow from a task. Their ids follow from its id, so that a task done again adds no second ones. */
export const followUps = (queue: Pick<TaskQueue, 'add'>) => ({
  /** Tells the CRM what the invite is now, unless it knows. */
  async tellCrm({ id }: Task, { id: inviteId, version, deliveredVersion }: Invite): Promise<void> {
    if (version > deliveredVersion)
      await queue.add({ id: `${id}-contact`, kind: 'contact', inviteId, version })
  },
  /** Mails a link that opens the invite. */
  mailLink: ({ id }: Task, inviteId: string): Promise<void> =>
    queue.add({ id: `${id}-mail`, kind: 'mail', inviteId, mail: 'invite' }),
})
