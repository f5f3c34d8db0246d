import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCrm } from '../../app/crm/open-crm.ts'
import { refusalOf } from '../outside/refusal.ts'
import { ada, bob } from './people.ts'

const folder = () => join(mkdtempSync(join(tmpdir(), 'dogfood-outbox-')), 'outbox')
const outbox = (outboxDir: string) => openCrm({ crmUrl: 'outbox:', crmToken: '', outboxDir })
const fileOf = (outboxDir: string) => join(outboxDir, 'crm.jsonl')

test('without a CRM, what a contact is now is kept in a file', async () => {
  const dir = folder()
  const crm = outbox(dir)
  assert.equal(await crm.contact(ada.email), undefined)
  await crm.upsert(ada)
  await crm.upsert(bob)
  await crm.upsert({ ...ada, status: 'invited' })
  assert.deepEqual(await crm.contact(ada.email), { ...ada, status: 'invited' })
  assert.deepEqual(await outbox(dir).contact(bob.email), bob)
})

test('what news leave out, or have empty, stays as it was', async () => {
  const crm = outbox(folder())
  await crm.upsert(ada)
  await crm.upsert({ email: ada.email, status: 'invited', company: '' })
  assert.deepEqual(await crm.contact(ada.email), { ...ada, status: 'invited' })
})

test('only the owner can read the outbox', async () => {
  const dir = folder()
  await outbox(dir).upsert(ada)
  assert.equal(statSync(dir).mode & 0o777, 0o700)
  assert.equal(statSync(fileOf(dir)).mode & 0o777, 0o600)
})

test('each line is JSON with its time', async () => {
  const dir = folder()
  await outbox(dir).upsert(ada)
  const lines = readFileSync(fileOf(dir), 'utf8').split('\n').filter(Boolean)
  assert.equal(lines.length, 1)
  const { at, ...contact } = JSON.parse(lines[0] ?? '')
  assert.equal(new Date(at).toISOString(), at)
  assert.deepEqual(contact, ada)
})

test('a line that a crash cut short spoils no other', async () => {
  const dir = folder()
  const crm = outbox(dir)
  await crm.upsert(ada)
  appendFileSync(fileOf(dir), '\n{"email":"bob@exa')
  assert.deepEqual(await crm.contact(ada.email), ada)
  await crm.upsert(bob)
  assert.deepEqual(await crm.contact(ada.email), ada)
  assert.deepEqual(await crm.contact(bob.email), bob)
})

test('forgetting leaves nothing of a person, and everything of the others', async () => {
  const dir = folder()
  const crm = outbox(dir)
  for (const contact of [ada, bob, { ...ada, name: 'Ada', purpose: 'Ünïcödé' }]) await crm.upsert(contact)
  await crm.forget(ada.email)
  assert.equal(await crm.contact(ada.email), undefined)
  assert.deepEqual(await crm.contact(bob.email), bob)
  assert.doesNotMatch(readFileSync(fileOf(dir), 'utf8'), /ada|Ünïcödé/i)
  await crm.forget('nobody@example.com')
})

test('contacts that are written while one is forgotten are kept', async () => {
  const dir = folder()
  const [one, other] = [outbox(dir), outbox(dir)]
  await one.upsert(ada)
  const many = Array.from({ length: 40 }, (_, number) => ({ ...bob, email: `bob${number}@example.com` }))
  await Promise.all([...many.map((contact) => other.upsert(contact)), one.forget(ada.email)])
  for (const contact of many) assert.deepEqual(await one.contact(contact.email), contact)
  assert.equal(await one.contact(ada.email), undefined)
})

test('forgetting makes no file', async () => {
  const dir = folder()
  await outbox(dir).forget(ada.email)
  assert.equal(existsSync(dir), false)
})

test('an outbox that cannot be written to is a failure that names the setting', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dogfood-outbox-')), 'a-file')
  writeFileSync(file, '')
  const error = await refusalOf(outbox(join(file, 'outbox')).upsert(ada))
  assert.equal(error.fault, 'failing')
  assert.match(error.message, /OUTBOX_DIR/)
  assert.doesNotMatch(error.message, /ada@/)
})
