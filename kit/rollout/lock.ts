import { createServer } from 'node:net'
import { RolloutFailure } from './failure.ts'

/**
 * Runs `work` while no other rollout of this project runs on this machine. The lock is a socket of Linux without a
 * file: the kernel frees it whatever ends its holder. Elsewhere there is none.
 */
export async function alone<T>(project: string, work: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return work()
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? underWay(project) : error),
    )
    server.listen({ path: `\0dogfood-rollout-${project}` })
  })
  try {
    return await work()
  } finally {
    server.close()
  }
}

const underWay = (project: string): RolloutFailure =>
  new RolloutFailure(
    `Another rollout of ${project} is under way.`,
    'Wait until it has ended, then run the command again.',
  )
