import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { arrivedOf, type Person } from '../e2e/signup-walk.ts'
import type { ProductionStack } from '../production/stack.ts'
import { until } from '../until.ts'
import { type TlsVisitor, visitorOver } from './visitor.ts'

export interface Signup {
  readonly person: Person
  readonly visitor: TlsVisitor
}

// A form that comes back sooner than two seconds is taken for that of a program.
const FILLING_MILLISECONDS = 2100

/** Somebody who has asked for an invite, and, unless that is all, has named their workspace. */
export async function signupBegun(
  stack: ProductionStack,
  name: string,
  as: 'requested' | 'at the last step' = 'at the last step',
): Promise<Signup> {
  const person = {
    name: `${name} Visitor`,
    email: `${name}@example.com`,
    workspace: `${name}-works`,
    password: 'three swarms past the old mill',
  }
  const visitor = visitorOver(stack.url)
  const form = (await visitor.get('/invite')).html
  await sleep(FILLING_MILLISECONDS)
  const opened = /name="opened" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const { name: called, email } = person
  const fields = { name: called, email, company: 'Engines & Co.', consent: 'yes', opened }
  assert.equal((await visitor.submit('/invite', fields)).location, '/invite/thanks')
  const signup = { person, visitor }
  if (as === 'at the last step') await toLastStep(stack, signup)
  return signup
}

async function toLastStep(stack: ProductionStack, { person, visitor }: Signup): Promise<void> {
  const link = await mailedLink(stack, person)
  assert.equal((await visitor.submit(link, {})).location, '/signup/workspace')
  const { location } = await visitor.submit('/signup/workspace', { workspace: person.workspace })
  assert.equal(location, '/signup/account')
}

/** The last step: the account is made, and the visitor is welcomed by name. */
export async function signupFinished(stack: ProductionStack, { person, visitor }: Signup): Promise<void> {
  const { location, html } = await visitor.submit('/signup/account', {
    password: person.password,
    terms: 'yes',
  })
  assert.equal(location, '/welcome', html)
  assert.match((await visitor.get('/welcome')).html, new RegExp(`Welcome, ${person.name}`))
  assert.equal((await arrivedOf(stack, person)).accounts.length, 1)
}

interface Mail {
  readonly text: string
  readonly to: readonly string[]
}

/** Has the CRM invite the contact, and answers the path of the link that is mailed then. */
async function mailedLink({ standIns }: ProductionStack, { email }: Person): Promise<string> {
  const state = async () => (await fetch(`${standIns}/_standins/state`)).json()
  const contactOf = async () =>
    (await state()).contacts.find((contact: unknown) => JSON.stringify(contact).includes(email))
  await until(async () => (await contactOf()) !== undefined, `the contact ${email}`, 60)
  const { id } = await contactOf()
  const headers = { Origin: standIns }
  await fetch(`${standIns}/contacts/${id}/invite`, { method: 'POST', headers, redirect: 'manual' })
  const linkIn = async () => {
    const mails: Mail[] = (await state()).mails
    const texts = mails.filter(({ to }) => to.join().includes(email)).map(({ text }) => text)
    return /\/signup\?token=\S+/.exec(texts.join('\n'))?.[0] ?? ''
  }
  await until(async () => (await linkIn()) !== '', `the mail to ${email}`, 60)
  return linkIn()
}
