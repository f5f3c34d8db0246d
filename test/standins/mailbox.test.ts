import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import { type RunningStandIns, runStandIns } from './running.ts'

const letter: SendMailOptions = {
  from: 'Dogfood <hello@example.com>',
  to: 'Ada Lovelace <ada@example.com>',
  subject: 'Grüße',
  text: 'Follow https://www.example.com/signup?token=a.b.c',
  html: '<p>Follow <a href="https://www.example.com/signup?token=a.b.c">this</a>',
  messageId: '<task-1@www.example.com>',
}

function mailerTo(t: TestContext, { mailUrl }: RunningStandIns) {
  const mailer = nodemailer.createTransport(mailUrl)
  t.after(() => mailer.close())
  return mailer
}

const codeOf = (sending: Promise<unknown>): Promise<number> =>
  sending.then(
    () => 250,
    (error: { responseCode: number }) => error.responseCode,
  )

test('the mailbox keeps what was mailed, read as a mail program reads it', async (t) => {
  const standIns = await runStandIns(t)
  await mailerTo(t, standIns).sendMail(letter)
  const [mail] = (await standIns.state()).mails
  assert.equal(mail?.messageId, 'task-1@www.example.com')
  assert.equal(mail.subject, 'Grüße')
  assert.equal(mail.from, 'Dogfood <hello@example.com>')
  assert.deepEqual(mail.to, ['Ada Lovelace <ada@example.com>'])
  assert.deepEqual(mail.recipients, ['ada@example.com'])
  assert.match(mail.text, /token=a\.b\.c/)
  assert.match(mail.html, /href="https:/)
})

test('a mail with a Message-ID that is there already is the same mail, delivered once more', async (t) => {
  const standIns = await runStandIns(t)
  const mailer = mailerTo(t, standIns)
  await mailer.sendMail(letter)
  await mailer.sendMail(letter)
  await mailer.sendMail({ ...letter, messageId: '<task-2@www.example.com>' })
  const { mails } = await standIns.state()
  assert.deepEqual(
    mails.map(({ messageId, deliveries }) => [messageId, deliveries]),
    [
      ['task-2@www.example.com', 1],
      ['task-1@www.example.com', 2],
    ],
  )
})

test('the mail server lets anybody sign in as anybody', async (t) => {
  const standIns = await runStandIns(t)
  const url = standIns.mailUrl.replace('smtp://', 'smtp://somebody:something@')
  await mailerTo(t, { ...standIns, mailUrl: url }).sendMail(letter)
  assert.equal((await standIns.state()).mails.length, 1)
})

test('the mail server fails with 451 and refuses with 550 when told to, and keeps nothing then', async (t) => {
  const standIns = await runStandIns(t)
  const mailer = mailerTo(t, standIns)
  await standIns.setFault('mail', 'fail')
  assert.equal(await codeOf(mailer.sendMail(letter)), 451)
  await standIns.setFault('mail', 'refuse')
  assert.equal(await codeOf(mailer.sendMail(letter)), 550)
  assert.deepEqual((await standIns.state()).mails, [])
  await standIns.setFault('mail', null)
  assert.equal(await codeOf(mailer.sendMail(letter)), 250)
})

test('a slow mail server has the mail long before it says so; one that hangs never does', async (t) => {
  const standIns = await runStandIns(t)
  const mailer = mailerTo(t, standIns)
  let isAnswered = false
  await standIns.setFault('mail', 'slow')
  const slow = mailer.sendMail(letter).then(() => {
    isAnswered = true
  })
  while ((await standIns.state()).mails.length === 0) assert.equal(isAnswered, false)
  await slow
  await standIns.setFault('mail', 'hang')
  const hanging = nodemailer.createTransport({ url: standIns.mailUrl, socketTimeout: 300 })
  await assert.rejects(hanging.sendMail({ ...letter, messageId: '<task-2@www.example.com>' }), /timeout/i)
  assert.equal((await standIns.state()).mails.length, 1)
})
