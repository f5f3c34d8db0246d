import type { Config } from '../config/config.ts'
import { jobsOf } from '../deliveries/forget-tasks.ts'
import type { TaskQueue } from '../deliveries/task-queue.ts'
import { inviteId } from '../invites/invite.ts'
import { sessionsOf } from './person-sessions.ts'
import type { PersonStores } from './person-stores.ts'

/** All that the site keeps of the person with this address, ready to be written as JSON. */
export async function exportPerson(
  { queue, invites, sessions }: PersonStores,
  email: string,
  config: Pick<Config, 'crmUrl' | 'accountsUrl' | 'mailUrl' | 'outboxDir'>,
): Promise<object> {
  const id = inviteId(email)
  const [invite, lastMailed, tasks, held] = await Promise.all([
    invites.find(id),
    invites.lastMailed(id),
    tasksOf(queue, id),
    sessions ? sessionsOf(sessions, email) : [],
  ])
  return {
    email,
    invite: invite ?? null,
    links: { lastMailedAt: lastMailed > 0 ? new Date(lastMailed).toISOString() : null },
    tasks,
    sessions: held.map((session) => ({ ...session.held.signup, ...session.held.account })),
    elsewhere: elsewhere(config),
  }
}

async function tasksOf({ jobs = [] }: TaskQueue, id: string): Promise<object[]> {
  const found = await Promise.all(jobs.map((queue) => jobsOf(queue, id)))
  return Promise.all(
    found.flat().map(async (job) => ({
      queue: job.queueName,
      state: await job.getState(),
      addedAt: new Date(job.timestamp).toISOString(),
      task: job.data,
      ...(job.failedReason && { reason: job.failedReason }),
    })),
  )
}

/** Where the site hands on what it knows, for whoever answers the person. */
export const elsewhere = ({
  crmUrl,
  accountsUrl,
  mailUrl,
  outboxDir,
}: Pick<Config, 'crmUrl' | 'accountsUrl' | 'mailUrl' | 'outboxDir'>): Record<string, string> => ({
  crm: `the contact and its history, in ${crmUrl === 'outbox:' ? `the outbox in ${outboxDir}` : crmUrl}`,
  accounts: `the account, if one was made, at ${accountsUrl}`,
  mail: `mails that were sent, ${mailUrl === 'outbox:' ? `in ${outboxDir}` : 'in the logs of the mail server'} and in the person's mailbox`,
  backups: 'the append-only files of Redis until they are rewritten, and backups of them',
})
