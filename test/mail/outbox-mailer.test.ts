import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import { openMailer } from '../../app/mail/open-mailer.ts'
import { refusalOf } from '../outside/refusal.ts'
import { mail } from './mails.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'dogfood-outbox-'))
const outbox = (outboxDir: string) =>
  openMailer({ mailUrl: 'outbox:', mailFrom: 'Dogfood <hello@example.org>', outboxDir })

test('without a mail server, a mail is a file that any mail program opens', async () => {
  const dir = join(folder(), 'outbox')
  await outbox(dir).send(mail)
  assert.deepEqual(readdirSync(dir), ['mail-abc_123.eml'])
  const parsed = await PostalMime.parse(readFileSync(join(dir, 'mail-abc_123.eml')))
  assert.equal(parsed.to?.[0]?.address, mail.to)
  assert.equal(parsed.messageId, '<mail-abc_123@example.org>')
  assert.equal(parsed.text?.trim(), mail.text)
  assert.equal(parsed.html?.trim(), mail.html)
})

test('a mail that is sent again is the same file', async () => {
  const dir = folder()
  await outbox(dir).send(mail)
  await outbox(dir).send(mail)
  assert.equal(readdirSync(dir).length, 1)
})

test('only the owner can read a mail', async () => {
  const dir = join(folder(), 'outbox')
  await outbox(dir).send(mail)
  assert.equal(statSync(dir).mode & 0o777, 0o700)
  assert.equal(statSync(join(dir, 'mail-abc_123.eml')).mode & 0o777, 0o600)
})

test('no mail leaves the folder, whatever its id', async () => {
  const dir = folder()
  const error = await refusalOf(outbox(join(dir, 'outbox')).send({ ...mail, id: '../mail' }))
  assert.equal(error.fault, 'refused')
  assert.deepEqual(readdirSync(dir), [])
})

test('an outbox that cannot be written to is a failure that names the setting', async () => {
  const file = join(folder(), 'a-file')
  writeFileSync(file, '')
  const error = await refusalOf(outbox(join(file, 'outbox')).send(mail))
  assert.equal(error.fault, 'failing')
  assert.match(error.message, /OUTBOX_DIR/)
})
