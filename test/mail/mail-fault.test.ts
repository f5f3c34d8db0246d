import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { SMTPServerOptions } from 'smtp-server'
import { createSmtpMailer } from '../../app/mail/smtp-mailer.ts'
import { deafServer } from '../outside/deaf-server.ts'
import { refusalOf } from '../outside/refusal.ts'
import { mailServer, smtpError } from './mail-server.ts'
import { mail, mailerTo } from './mails.ts'

const told = 'ada@example.com is not welcome'
const from = { name: '', address: 'hello@example.org' }

const refusing = (when: 'connect' | 'sender' | 'recipient' | 'content', code: number): SMTPServerOptions => {
  const no = smtpError(code, told)
  return {
    ...(when === 'connect' && { onConnect: (_session, done) => done(no) }),
    ...(when === 'sender' && { onMailFrom: (_address, _session, done) => done(no) }),
    ...(when === 'recipient' && { onRcptTo: (_address, _session, done) => done(no) }),
    ...(when === 'content' && {
      onData: (stream, _session, done) => void stream.resume().on('end', () => done(no)),
    }),
  }
}

const faults = [
  ['connect', 421, 'busy'],
  ['connect', 554, 'failing'],
  ['sender', 451, 'busy'],
  ['sender', 550, 'failing'],
  ['recipient', 450, 'busy'],
  ['recipient', 550, 'refused'],
  ['recipient', 553, 'refused'],
  ['recipient', 503, 'failing'],
  ['recipient', 530, 'failing'],
  ['content', 452, 'busy'],
  ['content', 554, 'refused'],
] as const

for (const [when, code, fault] of faults) {
  test(`a server that answers ${code} to the ${when} makes the delivery ${fault}`, async (t) => {
    const { url } = await mailServer(t, refusing(when, code))
    const error = await refusalOf(mailerTo(t, url).send(mail))
    assert.equal(error.fault, fault)
    assert.match(error.message, new RegExp(`^mail: the server answered ${code}`))
    assert.doesNotMatch(`${error.stack} ${(error.cause as Error)?.stack}`, /ada@|welcome/)
  })
}

test('a server that is not there is unreachable', async (t) => {
  for (const url of ['smtp://127.0.0.1:1', 'smtp://nobody.invalid:25']) {
    const error = await refusalOf(mailerTo(t, url).send(mail))
    assert.equal(error.fault, 'unreachable', url)
    assert.match(error.message, /see whether MAIL_URL is right/)
  }
})

test('waiting for a connection ends long before waiting for an answer would', async (t) => {
  const limits = { connect: 500, answer: 60_000, mail: 60_000 }
  const mailer = createSmtpMailer(`smtp://127.0.0.1:${await deafServer(t)}`, from, limits)
  t.after(() => mailer.close())
  assert.equal((await refusalOf(mailer.send(mail))).fault, 'unreachable')
})

/** A server that does with each connection what it is told. */
async function rawServer(t: TestContext, serve: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    serve(socket)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets }
}

test('a server that says nothing, or a little now and then, is slow', async (t) => {
  const silent = await rawServer(t, () => {})
  const trickling = await rawServer(t, (socket) => {
    const timer = setInterval(() => socket.write('220-wait\r\n'), 20)
    socket.once('close', () => clearInterval(timer))
  })
  const some = { connect: 2000, answer: 300, mail: 60_000 }
  const all = { connect: 2000, answer: 60_000, mail: 400 }
  for (const [url, limits] of [
    [silent.url, some],
    [trickling.url, all],
  ] as const) {
    const mailer = createSmtpMailer(url, from, limits)
    t.after(() => mailer.close())
    assert.equal((await refusalOf(mailer.send(mail))).fault, 'slow')
  }
})

test('a server that hangs up is asked once, because the queue tries again', async (t) => {
  const { url, sockets } = await rawServer(t, (socket) => socket.end())
  assert.equal((await refusalOf(mailerTo(t, url).send(mail))).fault, 'unreachable')
  assert.equal(sockets.length, 1)
})

test('a server that speaks no SMTP is no success', async (t) => {
  const { url } = await rawServer(t, (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))
  assert.notEqual((await refusalOf(mailerTo(t, url).send(mail))).fault, 'refused')
})

test('a password goes over no connection that others can read', async (t) => {
  const words: string[] = []
  const { url } = await rawServer(t, (socket) => {
    socket.write('220 here\r\n')
    socket.on('data', (data) => {
      words.push(data.toString())
      socket.write(/^EHLO/.test(data.toString()) ? '250-here\r\n250 AUTH PLAIN LOGIN\r\n' : '502 no\r\n')
    })
  })
  const error = await refusalOf(mailerTo(t, url.replace('//', '//us%40er:secret@')).send(mail))
  assert.notEqual(error.fault, 'refused')
  assert.ok(words.length > 0)
  assert.doesNotMatch(words.join(), /AUTH/)
})

test('a server whose certificate nobody vouches for gets no password', async (t) => {
  let signIns = 0
  const { url } = await mailServer(t, {
    disabledCommands: [],
    onAuth(_auth, _session, done) {
      signIns++
      done(null, { user: 'user' })
    },
  })
  const error = await refusalOf(mailerTo(t, url.replace('//', '//user:secret@')).send(mail))
  assert.equal(error.fault, 'unreachable')
  assert.equal(signIns, 0)
})
