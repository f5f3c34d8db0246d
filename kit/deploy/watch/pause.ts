import { setTimeout as sleep } from 'node:timers/promises'
import { ownSignal } from '../../interruption.ts'

/** Waits; an interruption ends it at once, with its reason. */
export async function pause(milliseconds: number): Promise<void> {
  const signal = ownSignal()
  signal?.throwIfAborted()
  await sleep(milliseconds, undefined, signal && { signal }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error
  })
}
