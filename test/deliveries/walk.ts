import { setTimeout as wait } from 'node:timers/promises'
import { hiddenFields, type Visitor, visitorOf, wayOf } from '../signup/visitor.ts'
import type { RunningStandIns } from '../standins/running.ts'
import { until } from '../until.ts'
import { askForInvite } from './ask-for-invite.ts'
import { type KillableSite, secret } from './killable-site.ts'

export const password = 'three white horses'

const patienceSeconds = 120
const breath = 400

export interface Walker {
  readonly email: string
  readonly workspace: string
}

/** What came of a walk. */
export interface Walked extends Walker {
  /** The token of the mailed link. */
  readonly token: string
  /** How often the last button was pressed. */
  readonly presses: number
}

/** Goes from the request to the account, and tries again what is not answered, as people do. */
export async function walk({ url, standIns }: KillableSite, walker: Walker): Promise<Walked> {
  const { email, workspace } = walker
  await insist(() => askForInvite(url, secret, email), `thanks for ${email}`)
  await inviteInTheCrm(standIns, email)
  const link = await linkFor(standIns, email)
  const visitor = visitorOf(url)
  await begin(visitor, link)
  const named = async () =>
    wayOf(await visitor.submit('/signup/workspace', { workspace })) === '303 /signup/account'
  await insist(named, `the workspace of ${email}`)
  const presses = await createAccount(visitor)
  return { ...walker, token: link.replace(/.*token=/, ''), presses }
}

/** Opens the link and presses the button of that page: who opens it anew after it was spent is somebody else. */
async function begin(visitor: Visitor, link: string): Promise<void> {
  let fields = {}
  const isOpen = async () => {
    const page = await visitor.get(link)
    fields = hiddenFields(await page.text())
    return page.status === 200
  }
  await insist(isOpen, 'the page of the link')
  const isBegun = async () => wayOf(await visitor.post('/signup', fields)) === '303 /signup/workspace'
  await insist(isBegun, 'the signup to begin')
}

/** Presses the last button until it is answered; how often. */
async function createAccount(visitor: Visitor): Promise<number> {
  let presses = 0
  const isMade = async () => {
    if ((await (await visitor.get('/welcome')).text()).includes('Welcome, ')) return true
    const fields = hiddenFields(await (await visitor.get('/signup/account')).text())
    presses += 1
    const answer = await visitor.post('/signup/account', { ...fields, password, terms: 'yes' })
    return wayOf(answer) === '303 /welcome'
  }
  await insist(isMade, 'the account')
  return presses
}

/** Presses the button of the stand-ins. */
async function inviteInTheCrm({ url, state }: RunningStandIns, email: string): Promise<void> {
  const idOf = async () => (await state()).contacts.find(({ properties }) => properties.email === email)?.id
  await insist(async () => (await idOf()) !== undefined, `the contact ${email}`)
  await fetch(`${url}/contacts/${await idOf()}/invite`, { method: 'POST', headers: { origin: url } })
}

/** Path of the mailed link. */
async function linkFor({ state }: RunningStandIns, email: string): Promise<string> {
  const find = async () => {
    const mails = (await state()).mails.filter(({ recipients }) => recipients.includes(email))
    return mails.map(({ text }) => /\/signup\?token=[\w.-]+/.exec(text)?.[0]).find(Boolean) ?? ''
  }
  await insist(async () => (await find()) !== '', `the mail to ${email}`)
  return find()
}

const insist = (step: () => Promise<boolean>, what: string): Promise<void> =>
  until(
    async () => {
      const isDone = await step().catch(() => false)
      if (!isDone) await wait(breath)
      return isDone
    },
    what,
    patienceSeconds,
  )
