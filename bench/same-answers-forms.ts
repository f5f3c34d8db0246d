import { type InviteRequest, inviteId } from '../app/invites/invite.ts'
import type { InviteStore } from '../app/invites/invite-store.ts'
import { makeLinkToken } from '../app/invites/link-token.ts'
import { filledForm } from './invite-form.ts'
import type { Fields } from './send-form.ts'

/** A form, and what is sent with it: as many times for each kind of address or link. */
export interface Form {
  readonly key: string
  readonly path: string
  readonly cookie?: string
  readonly kinds: Readonly<Record<string, readonly Fields[]>>
}

export interface FormParts {
  readonly site: string
  readonly store: InviteStore
  /** Signs links. */
  readonly secret: string
  /** How often each kind is sent. */
  readonly count: number
}

/** The forms that must not tell what the site knows. */
export async function formsToCompare(parts: FormParts): Promise<Form[]> {
  const { site, count } = parts
  const fields = await filledForm(site)
  const known = {
    new: await addresses(parts, 'new', async () => {}),
    requested: await addresses(parts, 'requested', async () => {}),
    invited: await addresses(parts, 'invited', invite),
    signedUp: await addresses(parts, 'signed-up', async (store, id, at) => {
      await invite(store, id, at)
      await store.signedUp(id, 'example', at)
    }),
  }
  const malformed = times(count, (number) => ({ email: `somebody${number} at example` }))
  const filled = Object.entries(known).map(([kind, all]) => [
    kind,
    all.map((each) => ({ ...each, ...fields })),
  ])
  return [
    { key: 'invite', path: '/invite', kinds: Object.fromEntries(filled) },
    { key: 'newLink', path: '/signup/link', kinds: { ...known, malformed } },
    await linksThatDoNotOpen(parts),
  ]
}

const invite = async (store: InviteStore, id: string, at: string) => void (await store.invite(id, at))

/** Addresses of one kind; only `new` ones are left unknown to the site. */
async function addresses(
  { store, count }: FormParts,
  kind: string,
  goOn: (store: InviteStore, id: string, at: string) => Promise<void>,
): Promise<Fields[]> {
  const all = times(count, (number) => ({ email: `somebody${number}@${kind}.example` }))
  if (kind === 'new') return all
  for (const { email } of all) {
    const at = new Date().toISOString()
    const request: InviteRequest = { email, name: 'A Visitor', company: '', purpose: '', at }
    await store.request(request)
    await goOn(store, inviteId(email), at)
  }
  return all
}

const dayMilliseconds = 24 * 3600 * 1000

async function linksThatDoNotOpen({ site, store, secret, count }: FormParts): Promise<Form> {
  const inADay = Date.now() + dayMilliseconds
  const signed = (kind: string, expires: number, by = secret) =>
    times(count, (number) => makeLinkToken(by, `${kind}${number}`, expires))
  const used = signed('used', inADay)
  const id = inviteId('somebody0@invited.example')
  for (const { hash, expires } of used) {
    await store.keepLink(id, hash, expires)
    await store.spendLink(hash, 'another visitor')
  }
  const { cookie, csrf } = await sessionOf(site, makeLinkToken(secret, 'of the session', inADay).token)
  const sent = (links: readonly { token: string }[]) => links.map(({ token }) => ({ token, csrf }))
  return {
    key: 'link',
    path: '/signup',
    cookie,
    kinds: {
      used: sent(used),
      unknown: sent(signed('unknown', inADay)),
      expired: sent(signed('expired', Date.now() - 1)),
      forged: sent(signed('forged', inADay, 'not the secret of this site')),
      malformed: sent(times(count, (number) => ({ token: `token${number}` }))),
    },
  }
}

/** A session with the page of a link open. */
async function sessionOf(site: string, token: string): Promise<{ cookie: string; csrf: string }> {
  const answer = await fetch(`${site}/signup?token=${token}`)
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  const csrf = /name="csrf" value="([^"]+)"/.exec(await answer.text())?.[1]
  if (csrf === undefined) throw new Error(`${site}/signup shows no form that a link could be sent with`)
  return { cookie, csrf }
}

const times = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
