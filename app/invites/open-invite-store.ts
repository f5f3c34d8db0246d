import { SiteError } from '../errors.ts'
import type { InviteStore } from './invite-store.ts'

/** The store that a URL names: `redis://…`, or `memory:` for a process of its own. */
export async function openInviteStore(_url: string): Promise<InviteStore> {
  const missing = async () => {
    throw new SiteError('unavailable', 'no store yet')
  }
  return {
    request: missing,
    invite: missing,
    signedUp: missing,
    delivered: missing,
    find: missing,
    list: missing,
    perDay: missing,
    forget: missing,
    keepLink: missing,
    spendLink: missing,
    wasMailed: missing,
    mailed: missing,
    lastMailed: missing,
    hold: missing,
    state: () => 'unused',
    close: async () => {},
  }
}
