import type { Redis } from 'ioredis'
import type { Config } from '../config/config.ts'
import type { CrmClient } from '../crm/crm-client.ts'
import { openCrm } from '../crm/open-crm.ts'
import { openTaskQueue } from '../deliveries/open-task-queue.ts'
import type { TaskQueue } from '../deliveries/task-queue.ts'
import type { InviteStore } from '../invites/invite-store.ts'
import { openInviteStore } from '../invites/open-invite-store.ts'
import { connectRedis, firstConnection } from '../redis/connect.ts'

/** Every place where something of a person may be. */
export interface PersonStores {
  readonly queue: TaskQueue
  readonly invites: InviteStore
  /** None where the sessions are in the memory of each instance. */
  readonly sessions: Redis | undefined
  readonly crm: CrmClient
  close(): Promise<void>
}

// Nobody waits for a page here, and all sessions are read.
const answerMilliseconds = 5000

export async function openPersonStores(config: Config): Promise<PersonStores> {
  const [queue, invites, sessions] = await Promise.all([
    openTaskQueue(config.queueUrl),
    openInviteStore(config.queueUrl),
    openSessionStore(config.sessionsUrl),
  ])
  const crm = openCrm(config)
  return {
    queue,
    invites,
    sessions,
    crm,
    async close() {
      sessions?.disconnect()
      await Promise.all([queue.close(), invites.close(), crm.close()])
    },
  }
}

async function openSessionStore(url: string): Promise<Redis | undefined> {
  if (url === 'memory:') return undefined
  const redis = connectRedis(url, { commandTimeout: answerMilliseconds })
  await firstConnection(redis, answerMilliseconds)
  return redis
}
