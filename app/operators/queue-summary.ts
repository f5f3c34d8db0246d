import type { QueueName } from '../deliveries/task.ts'
import type { QueueCounts } from '../deliveries/task-queue.ts'

/** What operators read for a queue, and what it does. */
export const queueLabels: Readonly<Record<QueueName, { readonly name: string; readonly about: string }>> = {
  requests: { name: 'Requests', about: 'Keeps requests and invites, and adds what is to be delivered.' },
  crm: { name: 'CRM', about: 'Tells the CRM what an invite is now.' },
  accounts: { name: 'Account system', about: 'Asks whether an account was made.' },
  mail: { name: 'Mail', about: 'Sends invites and welcomes.' },
}

export interface QueueSummary {
  readonly systems: readonly (QueueCounts & { readonly name: string; readonly about: string })[]
  readonly deadLetters: number
}

/** The counts of all queues, a line a system. */
export function queueSummary(counts: Readonly<Record<QueueName, QueueCounts>>): QueueSummary {
  const systems = Object.entries(queueLabels).map(([name, label]) => ({
    ...label,
    ...counts[name as QueueName],
  }))
  return { systems, deadLetters: systems.reduce((sum, { deadLetter }) => sum + deadLetter, 0) }
}
