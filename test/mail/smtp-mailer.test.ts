import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailServer } from './mail-server.ts'
import { mail, mailerTo } from './mails.ts'

test('a mail arrives as text and HTML, with its id as Message-ID', async (t) => {
  const { url, mails } = await mailServer(t)
  await mailerTo(t, url).send(mail)
  const [taken] = mails
  assert.equal(taken?.from, 'hello@example.org')
  assert.deepEqual(taken?.to, ['ada@example.com'])
  const { parsed } = taken
  assert.deepEqual(parsed.from, { name: 'Dogfood', address: 'hello@example.org' })
  assert.deepEqual(parsed.to, [{ name: '', address: 'ada@example.com' }])
  assert.equal(parsed.messageId, '<mail-abc_123@example.org>')
  assert.equal(parsed.subject, mail.subject)
  assert.equal(parsed.text?.trim(), mail.text)
  assert.equal(parsed.html?.trim(), mail.html)
  assert.equal(parsed.attachments.length, 0)
})

test('a mail that is sent again is the same mail', async (t) => {
  const { url, mails } = await mailServer(t)
  await mailerTo(t, url).send(mail)
  await mailerTo(t, url).send(mail)
  const [first, second] = mails.map(({ parsed }) => parsed.messageId)
  assert.ok(first)
  assert.equal(first, second)
})

test('no answering machine is to answer', async (t) => {
  const { url, mails } = await mailServer(t)
  await mailerTo(t, url).send(mail)
  assert.match(mails[0]?.raw ?? '', /^Auto-Submitted: auto-generated\r$/m)
})

test('mails one after the other use one connection', async (t) => {
  const { url, mails, connections } = await mailServer(t)
  const mailer = mailerTo(t, url)
  for (let count = 0; count < 5; count++) await mailer.send({ ...mail, id: `mail-${count}` })
  assert.equal(mails.length, 5)
  assert.equal(connections(), 1)
})

test('mails at the same time all arrive', async (t) => {
  const { url, mails } = await mailServer(t)
  const mailer = mailerTo(t, url)
  await Promise.all(Array.from({ length: 50 }, (_, count) => mailer.send({ ...mail, id: `mail-${count}` })))
  assert.equal(new Set(mails.map(({ parsed }) => parsed.messageId)).size, 50)
})
