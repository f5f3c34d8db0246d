import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const RETRY_MS = 250

/**
 * Runs `work` while no other process holds the lock of this name. The lock is a socket that the kernel frees
 * whatever ends its holder, so a killed run leaves none behind.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return work()
  const release = await acquire(`\0${name}`)
  try {
    return await work()
  } finally {
    release()
  }
}

/** Takes the lock until it is released or this process ends. */
export const hold = (name: string): Promise<() => void> =>
  process.platform === 'linux' ? acquire(`\0${name}`) : Promise.resolve(() => undefined)

async function acquire(path: string): Promise<() => void> {
  for (;;) {
    const server = createServer()
    const held = await new Promise<boolean>((resolve, reject) => {
      server.once('listening', () => resolve(true))
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      )
      server.listen({ path })
    })
    // Alone it keeps no process alive.
    server.unref()
    if (held) return () => server.close()
    await wait(RETRY_MS)
  }
}
