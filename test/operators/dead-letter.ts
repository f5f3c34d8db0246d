import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import type { Task } from '../../app/deliveries/task.ts'
import { until } from '../until.ts'

export const deadLetter: Task = { kind: 'mail', id: 'mail-one', inviteId: 'an-invite', mail: 'invite' }
export const reason = 'mail: 550 no such mailbox'

/** Leaves a dead letter in the queue of mails, and a task that waits to be tried again in that of the CRM. */
export async function leaveDeadLetter(queueUrl: string): Promise<void> {
  const queue = await openTaskQueue(queueUrl)
  await queue.add(deadLetter)
  await queue.add(
    { kind: 'contact', id: 'contact-one', inviteId: 'an-invite', version: 1 },
    { delaySeconds: 600 },
  )
  const options = { concurrency: 1, onError: () => {} }
  const consumer = queue.consume('mail', options, async () => ({ next: 'give up', reason }))
  await until(async () => (await queue.counts()).mail.deadLetter === 1, 'the dead letter')
  await consumer.stop(1000)
  await queue.close()
}
