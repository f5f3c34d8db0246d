import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openAccounts } from '../../app/accounts/open-accounts.ts'
import { openCrm } from '../../app/crm/open-crm.ts'
import { openMailer } from '../../app/mail/open-mailer.ts'
import { startStandIns } from '../../standins/stand-ins.ts'
import { ada } from '../crm/people.ts'
import { mail } from '../mail/mails.ts'
import { startSite } from '../site/site.ts'
import { until } from '../until.ts'
import { refusalOf } from './refusal.ts'

const publicUrl = 'https://www.example.com'
const crmWebhookSecret = 'the client secret of an app'

/** Our clients, each of its stand-in. */
async function clientsOf(t: TestContext, siteUrl = '') {
  const standIns = await startStandIns({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    siteUrl,
    publicUrl,
    crmToken: 'crm',
    crmWebhookSecret: siteUrl && crmWebhookSecret,
    accountsToken: 'accounts',
  })
  const { url, mailUrl } = standIns
  const crm = openCrm({ crmUrl: url, crmToken: 'crm', outboxDir: '' })
  const accounts = openAccounts({ accountsUrl: url, accountsToken: 'accounts' })
  const mailer = openMailer({ mailUrl, mailFrom: 'Dogfood <hello@example.org>', outboxDir: '' })
  t.after(async () => {
    await Promise.all([crm.close(), accounts.close(), mailer.close()])
    await standIns.close()
  })
  const state = async () => (await fetch(`${url}/_standins/state`)).json()
  const fault = (system: string, name: string | null) =>
    fetch(`${url}/_standins/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ system, fault: name }),
    })
  return { url, crm, accounts, mailer, state, fault }
}

test('a contact is made once, changed, read by its id and forgotten', async (t) => {
  const { crm, state } = await clientsOf(t)
  await crm.upsert(ada)
  await crm.upsert(ada)
  await crm.upsert({ ...ada, company: '', status: 'signed up' })
  const [contact, ...others] = (await state()).contacts
  assert.equal(others.length, 0)
  assert.deepEqual(await crm.contact(contact.id), { ...ada, status: 'signed up' })
  await crm.forget(ada.email)
  await crm.forget(ada.email)
  assert.equal(await crm.contact(contact.id), undefined)
  assert.equal((await state()).counts.contacts, 0)
})

test('one key makes one account, and what somebody has is taken', async (t) => {
  const { accounts, state } = await clientsOf(t)
  const password = 'three white horses at noon'
  const first = {
    key: 'signup-of-ada-lovelace',
    email: ada.email,
    name: ada.name,
    workspace: 'engine',
    password,
  }
  assert.equal(await accounts.isFree('engine'), true)
  assert.equal(await accounts.find(first.key), undefined)
  const made = await Promise.all([accounts.create(first), accounts.create(first), accounts.create(first)])
  const [one] = made
  assert.ok(one && 'account' in one)
  assert.deepEqual(made, [one, one, one])
  assert.deepEqual(await accounts.find(first.key), one.account)
  assert.equal((await state()).counts.accounts, 1)
  assert.equal(await accounts.isFree('engine'), false)
  const other = { ...first, key: 'signup-of-somebody-else', email: 'bob@example.com' }
  assert.deepEqual(await accounts.create(other), { taken: 'workspace' })
  assert.deepEqual(await accounts.create({ ...other, email: ada.email, workspace: 'other' }), {
    taken: 'email',
  })
})

test('a mail arrives in the mailbox', async (t) => {
  const { mailer, state } = await clientsOf(t)
  await mailer.send(mail)
  const [taken] = (await state()).mails
  assert.equal(JSON.stringify(taken).includes(mail.subject), true)
})

const faults = {
  fail: 'failing',
  'rate-limit': 'busy',
  garbage: 'surprising',
  reset: 'unreachable',
} as const

for (const [name, fault] of Object.entries(faults)) {
  test(`a system told to ${name} is ${fault}, and heals`, async (t) => {
    const clients = await clientsOf(t)
    for (const system of ['crm', 'accounts']) await clients.fault(system, name)
    assert.equal((await refusalOf(clients.crm.upsert(ada))).fault, fault)
    assert.equal((await refusalOf(clients.accounts.isFree('engine'))).fault, fault)
    for (const system of ['crm', 'accounts']) await clients.fault(system, null)
    await clients.crm.upsert(ada)
    assert.equal(await clients.accounts.isFree('engine'), true)
  })
}

test('a mail server told to fail can heal, one told to refuse does not', async (t) => {
  const { mailer, fault } = await clientsOf(t)
  await fault('mail', 'fail')
  assert.notEqual((await refusalOf(mailer.send(mail))).fault, 'refused')
  await fault('mail', 'refuse')
  assert.equal((await refusalOf(mailer.send(mail))).fault, 'refused')
  await fault('mail', null)
  await mailer.send(mail)
})

test('a change that the CRM tells of is taken by the site', async (t) => {
  const site = await startSite(t, { publicUrl, crmWebhookSecret })
  const { crm, state } = await clientsOf(t, site.url)
  await crm.upsert({ ...ada, status: 'invited' })
  await until(async () => (await state()).contacts[0]?.webhook?.state === 'delivered', 'the webhook')
  const { webhook } = (await state()).contacts[0]
  assert.deepEqual(webhook, { state: 'delivered', attempts: 1, answer: '204' })
})
