import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until `check` holds; refusals on the way count as "not yet". */
export async function until(check: () => Promise<boolean>, what: string, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
    if (await check().catch(() => false)) return
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`)
}
