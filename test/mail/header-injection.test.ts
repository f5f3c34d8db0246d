import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openMailer } from '../../app/mail/open-mailer.ts'
import { refusalOf } from '../outside/refusal.ts'
import { mailServer } from './mail-server.ts'
import { mail, mailerTo } from './mails.ts'

const harmful = [
  'ada@example.com\r\nBcc: eve@example.net',
  'ada@example.com\nBcc: eve@example.net',
  'ada@example.com\rBcc: eve@example.net',
  'ada@example.com>\r\nRCPT TO:<eve@example.net',
  'ada@example.com, eve@example.net',
  'ada@example.com,eve@example.net',
  'ada@example.com;eve@example.net',
  'Eve <eve@example.net>, ada@example.com',
  'group: eve@example.net, ada@example.com;',
  '<ada@example.com>',
  '"ada\r\nBcc: eve"@example.com',
  '"eve@example.net"@example.com',
  'ada@example.com ORCPT=rfc822;eve@example.net',
  'ada@[127.0.0.1]',
  'ada\u2028@example.com',
  'ada\u0000@example.com',
  'ada@example.com\u0085Bcc: eve@example.net',
  'ada@',
  '',
]

for (const to of harmful) {
  test(`no mail goes to ${JSON.stringify(to)}, and nobody is asked`, async (t) => {
    const { url, connections } = await mailServer(t)
    const error = await refusalOf(mailerTo(t, url).send({ ...mail, to }))
    assert.equal(error.fault, 'refused')
    assert.equal(connections(), 0)
    assert.doesNotMatch(error.message, /example/)
  })
}

const headersOf = (raw: string): string[] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .split(/\r\n(?![ \t])/)
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())

const subjects = [
  'Invite\r\nBcc: eve@example.net',
  'Invite\r\n\r\n<b>not the body</b>',
  'Invite\nX-Spam: no',
  'Invite\rX-Spam: no',
  'Ünïcödé — “quoted”, with, commas; 狗粮 🐕',
  `long ${'word '.repeat(200)}`,
]

for (const subject of subjects) {
  test(`a subject makes one header only: ${JSON.stringify(subject.slice(0, 40))}`, async (t) => {
    const { url, mails } = await mailServer(t)
    const mailer = mailerTo(t, url)
    await mailer.send(mail)
    await mailer.send({ ...mail, subject })
    const [plain, other] = mails
    assert.ok(plain && other)
    assert.deepEqual(headersOf(other.raw).sort(), headersOf(plain.raw).sort())
    assert.deepEqual(other.to, ['ada@example.com'])
    assert.equal(other.parsed.text?.trim(), mail.text)
    assert.equal(other.parsed.subject?.replace(/\s+/g, ' ').trim(), subject.replace(/\s+/g, ' ').trim())
  })
}

test('an id that is more than a name is no Message-ID', async (t) => {
  const { url, connections } = await mailServer(t)
  for (const id of ['a>\r\nBcc: eve@example.net', 'a@b', '../../etc/cron.d/x', '']) {
    assert.equal((await refusalOf(mailerTo(t, url).send({ ...mail, id }))).fault, 'refused')
  }
  assert.equal(connections(), 0)
})

test('the name of the sender may hold commas, quotes and any letter', async (t) => {
  const { url, mails } = await mailServer(t)
  await mailerTo(t, url, '"Dögfood, Inc. \\"狗\\"" <hello@example.org>').send(mail)
  assert.deepEqual(mails[0]?.parsed.from, { name: 'Dögfood, Inc. "狗"', address: 'hello@example.org' })
  assert.equal(mails[0]?.from, 'hello@example.org')
})

test('an address at a domain of any script is written for every mail server', async (t) => {
  const { url, mails } = await mailServer(t)
  await mailerTo(t, url).send({ ...mail, to: 'ada@bücher.example' })
  assert.match(mails[0]?.raw ?? '', /^To: ada@xn--bcher-kva\.example\r$/m)
})

test('a setting that is not exactly one sender is refused at the start, by its name', () => {
  for (const mailFrom of ['Dogfood', 'a@example.org, b@example.org', 'Dogfood <hello>', '']) {
    const open = () => openMailer({ mailUrl: 'outbox:', mailFrom, outboxDir: '' })
    assert.throws(open, /^Error: MAIL_FROM: expected NAME <ADDRESS>/, mailFrom)
  }
})

test('a mail brings no file and no page of the server', async (t) => {
  const { url, mails } = await mailServer(t)
  for (const text of [{ path: '/etc/hostname' }, { href: 'http://127.0.0.1:1/' }]) {
    await refusalOf(mailerTo(t, url).send({ ...mail, text: text as never }))
  }
  assert.equal(mails.length, 0)
})
