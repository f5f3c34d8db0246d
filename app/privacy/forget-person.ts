import { SiteError } from '../errors.ts'
import { inviteId } from '../invites/invite.ts'
import { OutsideError } from '../outside/outside-error.ts'
import { endSessionsOf } from './person-sessions.ts'
import type { PersonStores } from './person-stores.ts'

/** What became of one place: what was done there, or why it could not be done. */
export interface Forgotten {
  readonly place: string
  readonly done?: string
  readonly fault?: string
}

/**
 * Removes the person from every place that the site can reach. One that cannot be reached keeps none of the others
 * back, and all of it may be done again.
 */
export async function forgetPerson(
  { queue, invites, sessions, crm }: PersonStores,
  email: string,
): Promise<Forgotten[]> {
  const id = inviteId(email)
  const removed = (count: number, what: string) =>
    count === 0 ? 'nothing was there' : `${count} ${what} removed`
  const queued = await attempt('queue', async () => removed(await queue.forget(id), 'task(s)'))
  const invite = await attempt('invites', async () =>
    (await invites.forget(id)) ? 'the invite, its links and its marks removed' : 'nothing was there',
  )
  const held = await attempt('sessions', async () => {
    if (!sessions) return 'they are in the memory of each instance and end with it'
    return removed(await endSessionsOf(sessions, email), 'session(s)')
  })
  // After the queue: a delivery that was under way would make the contact anew.
  const contact = queued.fault
    ? { place: 'CRM', fault: 'not asked, as the queue could still make the contact anew' }
    : await attempt('CRM', async () => {
        await crm.forget(email)
        return 'the contact deleted, if there was one'
      })
  return [queued, invite, held, contact]
}

async function attempt(place: string, act: () => Promise<string>): Promise<Forgotten> {
  try {
    return { place, done: await act() }
  } catch (error) {
    if (error instanceof SiteError || error instanceof OutsideError) return { place, fault: error.message }
    throw error
  }
}
