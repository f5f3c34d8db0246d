import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { runSite, type SiteProcess } from '../start/process.ts'
import type { QueueRedis } from './redis-queue.ts'

/** Something that can be killed and comes back. */
export interface Victim {
  /** Resolves when it is back. */
  kill(): Promise<void>
}

/** A process that is started again whenever it was killed. */
export async function alwaysRunning(
  t: TestContext,
  settings: Record<string, string>,
  entry: string,
): Promise<Victim> {
  const start = async (): Promise<SiteProcess> => {
    const started = await runSite(t, settings, entry)
    assert.equal(started.child.exitCode, null, started.output())
    return started
  }
  let running = await start()
  return {
    async kill() {
      running.child.kill('SIGKILL')
      await running.ended
      running = await start()
    },
  }
}

export const alwaysThere = (redis: QueueRedis): Victim => ({
  async kill() {
    await redis.kill()
    await redis.start()
  },
})

const shortestPeace = 200
const longestPeace = 1000

export const peace = (): Promise<void> => wait(shortestPeace + Math.random() * (longestPeace - shortestPeace))
