import { randomBytes } from 'node:crypto'
import type { Creation } from '../accounts/accounts-client.ts'
import type { SignupParts } from '../signup-parts.ts'
import { inTime } from './in-time.ts'
import type { SignupSession } from './signup-session.ts'

const lookAgainSeconds = 60
const randomBytesOfId = 9

/** A signup of which only the password is missing. */
export type ReadySignup = SignupSession & { readonly workspace: string }

type Parts = Pick<SignupParts, 'queue' | 'invites' | 'accounts' | 'log'>

/**
 * Has the account made within so many milliseconds. A task is queued before: if this process dies in between, or
 * no answer comes in time, a worker looks later whether the account is there. Rejects with OutsideError, or with
 * SiteError `unavailable` when nothing was asked for; trying again is always safe.
 *
 * The account system hands an account that is there to whoever asks with its key, with a new password. So only the
 * session of the link that was spent last may ask, and once the account is known to be there, only who made it:
 * whoever opened another link, such as one in a mail that was forwarded, is `superseded`.
 */
export async function makeAccount(
  { queue, invites, accounts, log }: Parts,
  { inviteId, key, email, name, workspace, link }: ReadySignup,
  password: string,
  milliseconds: number,
): Promise<Creation | 'superseded'> {
  const end = performance.now() + milliseconds
  if (!(await invites.mayMakeAccount(inviteId, link))) return 'superseded'
  const asked = `asked-${inviteId}-${randomBytes(randomBytesOfId).toString('base64url')}`
  await queue.add({ kind: 'account asked for', id: asked, inviteId, key }, { delaySeconds: lookAgainSeconds })
  const account = { key, email, name, workspace, password }
  const creation = await inTime(accounts.create(account), end - performance.now())
  if ('account' in creation) {
    const task = { kind: 'signed up', id: `signed-up-${inviteId}`, inviteId } as const
    // The account is there, and the task of before tells of it, only later.
    await Promise.all([
      invites.accountMade(inviteId, link),
      queue.add({ ...task, workspace: creation.account.workspace }),
    ]).catch((error: unknown) => log.warn({ err: error }, 'a sign-up is told of later'))
  }
  return creation
}
