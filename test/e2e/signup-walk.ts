import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { until } from '../until.ts'
import type { Stack } from './compose.ts'

/** Where the site is, and the page of the stand-ins. */
export type Places = Pick<Stack, 'url' | 'standIns'>

/** Somebody who signs up. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly workspace: string
  readonly password: string
}

// A form that comes back sooner than two seconds is taken for that of a program.
const fillingMilliseconds = 2100
// A worker that is just back from failing waits between its attempts.
const patienceSeconds = 120
const patience = { timeout: patienceSeconds * 1000 }

/** Requests an invite as a visitor does. */
export async function requestInvite(page: Page, { url }: Places, { name, email }: Person): Promise<void> {
  await fillInviteForm(page, url, { name, email })
  await sleep(fillingMilliseconds)
  await page.getByRole('button', { name: 'Request an invite' }).click()
  await page.waitForURL('**/invite/thanks')
}

export async function fillInviteForm(
  page: Page,
  url: string,
  { name, email }: Pick<Person, 'name' | 'email'>,
): Promise<void> {
  await page.goto(`${url}/invite`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel(/^Company/).fill('Engines & Co.')
  await page.getByRole('checkbox').check()
}

/** What the stand-ins have of somebody. */
export interface Arrived {
  readonly contacts: readonly { readonly properties: Readonly<Record<string, string>> }[]
  readonly accounts: readonly unknown[]
  readonly mails: readonly { readonly deliveries: number }[]
}

export async function arrivedOf({ standIns }: Places, { email }: Person): Promise<Arrived> {
  const all = await (await fetch(`${standIns}/_standins/state`)).json()
  const isTheirs = (entry: unknown) => JSON.stringify(entry).includes(email)
  const [contacts, accounts, mails] = [all.contacts, all.accounts, all.mails].map((list) =>
    list.filter(isTheirs),
  )
  return { contacts, accounts, mails }
}

/** Waits for the contact on the page of the stand-ins, and invites it there with a click. */
export async function inviteInTheCrm(page: Page, places: Places, person: Person): Promise<void> {
  await until(
    async () => (await arrivedOf(places, person)).contacts.length === 1,
    `the contact ${person.email}`,
    patienceSeconds,
  )
  await page.goto(places.standIns)
  await page.getByRole('button', { name: `Invite ${person.email}` }).click()
}

/** Has a system fail, or be healthy again, with a click on the page of the stand-ins. */
export async function setFault(
  page: Page,
  { standIns }: Places,
  system: string,
  fault: string,
): Promise<void> {
  await page.goto(standIns)
  await page.getByRole('form', { name: system }).getByRole('button', { name: fault, exact: true }).click()
  await page.getByRole('form', { name: `${system} ${fault}` }).waitFor()
}

/** Opens the mail that invites on the page of the stand-ins, and follows its link. */
export async function followMailedLink(page: Page, places: Places, person: Person): Promise<void> {
  await until(
    async () => (await arrivedOf(places, person)).mails.length === 1,
    `the mail to ${person.email}`,
    patienceSeconds,
  )
  await page.goto(places.standIns)
  await page.getByRole('listitem').filter({ hasText: person.email }).getByRole('link').click()
  await page.getByRole('link', { name: /\/signup\?token=/ }).click()
  await page.waitForURL(`${places.url}/signup?token=*`)
}

export async function begin(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button').click()
  await page.waitForURL('**/signup/workspace')
}

export async function nameWorkspace(page: Page, { workspace }: Person): Promise<void> {
  await page.getByRole('main').getByRole('textbox').fill(workspace)
  await page.getByRole('main').getByRole('button').click()
  await page.waitForURL('**/signup/account', patience)
}

export async function createAccount(page: Page, { password, name }: Person): Promise<void> {
  await page.getByLabel('Password').fill(password)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('heading', { name: `Welcome, ${name}` }).waitFor(patience)
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname === '/')
}
