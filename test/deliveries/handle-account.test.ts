import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handleAccountAskedFor } from '../../app/deliveries/handle-account.ts'
import type { HandlerParts } from '../../app/deliveries/handler.ts'
import { memoryTaskQueue } from '../../app/deliveries/memory-task-queue.ts'
import { NotYet } from '../../app/deliveries/retry-policy.ts'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { adaId } from './working.ts'

const minute = 60_000
const hour = 60 * minute

/** In how many minutes an account is looked for again, so many minutes after it was asked for; 0 for never. */
async function nextLook(minutes: number): Promise<number> {
  const invites = memoryInviteStore()
  const at = new Date().toISOString()
  await invites.request({ email: 'ada@example.com', name: 'Ada', company: '', purpose: '', at })
  const parts = {
    queue: memoryTaskQueue(),
    invites,
    accounts: { find: async () => undefined },
    circuits: { accounts: { call: (_id: string, call: () => Promise<unknown>) => call() } },
  } as unknown as HandlerParts
  const task = { kind: 'account asked for', id: 'asked', inviteId: adaId, key: 'the key' } as const
  try {
    await handleAccountAskedFor(parts)(task, { addedAt: Date.now() - minutes * minute })
    return 0
  } catch (error) {
    assert.ok(error instanceof NotYet, String(error))
    return Math.round(error.milliseconds / minute)
  }
}

test('an account that is not there is looked for after a minute, ten, an hour and a day', async () => {
  assert.equal(await nextLook(1), 9)
  assert.equal(await nextLook(11), 49)
  assert.equal(await nextLook(61), (24 * hour) / minute - 61)
  assert.equal(await nextLook((24 * hour) / minute + 1), 0)
})
