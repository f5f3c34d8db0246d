import { setTimeout as sleep } from 'node:timers/promises'

/** What was waited for did not come in time: a fault, or a machine that was busy with something else. */
export const LATE = 'LATE'

/** Waits until `check` holds; refusals on the way count as "not yet". Rejects with an error of the code `LATE`. */
export async function until(check: () => Promise<boolean>, what: string, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
    if (await check().catch(() => false)) return
  }
  throw Object.assign(new Error(`waited ${seconds} s in vain for ${what}`), { code: LATE })
}
