import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '../../app/logging/log.ts'

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = []
  write(
    createLog({ logLevel: 'info', release: 'r', instance: 'i' }, { write: (line) => void lines.push(line) }),
  )
  return lines.join('')
}

test('a line names its release and instance and is JSON', () => {
  const { level, release, instance, msg } = JSON.parse(logged((log) => log.info('hello')))
  assert.deepEqual([level, release, instance, msg], ['info', 'r', 'i', 'hello'])
})

test('passwords, cookies, tokens and e-mail addresses never reach a line', () => {
  const cookie = 'theme=dark; __Host-session=s%3Aabcdef.signature; session=s%3Aother'
  const attempts: Parameters<typeof logged>[0][] = [
    (log) => log.info({ password: 'hunter2\\" x', deep: { Token: 'hunter2', secrets: ['hunter2'] } }),
    (log) => log.info({ req: { headers: { cookie, authorization: 'Bearer hunter2' } } }),
    (log) => log.info({ url: '/signup?token=hunter2&email=ann%40example.com&x=1' }),
    (log) => log.warn(`sent to ann.o'hara+x@mail.example.co.uk and (ann@example.com)`),
    (log) => log.error(new Error('550 no such user ann@example.com')),
    (log) => log.info({ text: `cookie was ${cookie}` }),
  ]
  for (const attempt of attempts) {
    const line = logged(attempt)
    assert.doesNotMatch(line, /hunter2|ann|abcdef|other/, line)
    assert.doesNotThrow(() => JSON.parse(line), line)
  }
})

test('a private name is found with anything before and after it, in fields and in texts', () => {
  const texts = [
    '/a?access_token=hunter2&x=1',
    '/a?id_token=hunter2',
    '/a?new_password=hunter2',
    '/a?api_key=hunter2',
    '/a?user%5Bpassword%5D=hunter2',
    '/a?token=hunter2,hunter2;hunter2',
    'Authorization: Bearer hunter2',
    'authorization: Basic hunter2 and more hunter2',
    'sent bearer hunter2',
    'password=hunter2',
    'password: hunter2',
    "{ dbPassword: 'a hunter2', list: 1 }",
    '{"access_token":"a hunter2"}',
    '{"access_token":["a","hunter2"]}',
    '{\\"access_token\\":\\"a hunter2\\"}',
    'x-auth-token: hunter2',
    'Cookie: theme=dark; other=hunter2',
    'first line\npassword=hunter2',
    'no answer from redis://:hunter2@redis:6379',
    'no answer from https://ann:hunter@2@example.com/x',
    'first line\njürgen@example.com',
    '写给 李雷@例子.公司 and j%C3%BCrgen%40b%C3%BCcher.example',
  ]
  const secrets = /hunter|ann|rgen|李雷|例子|cher/
  for (const text of texts) {
    for (const line of [logged((log) => log.warn(text)), logged((log) => log.info({ deep: [{ text }] }))]) {
      assert.doesNotMatch(line, secrets, line)
      assert.doesNotThrow(() => JSON.parse(line), line)
    }
  }
  for (const name of ['access_token', 'newPassword', 'x-auth-token', 'apiKey', 'set-cookie2', 'sessionId']) {
    for (const value of ['hunter2', 4711, ['a]', 'hunter2'], { a: { b: 'hunter2' } }]) {
      const line = logged((log) => log.info({ [name]: value }))
      assert.equal(JSON.parse(line)[name], '[redacted]', line)
    }
  }
})

test('what is not private stays as it is', () => {
  const texts = [
    '/docs/cookies?page=2',
    'at parseToken (file:///app/token.ts:12:3)\n    at next (node_modules/@scope/x/index.js:1:2)',
    'the e-mail was not sent',
    'redis://rediscache:6379 is away',
  ]
  for (const text of texts) assert.equal(JSON.parse(logged((log) => log.info(text))).msg, text)
})

test('a hostile line costs no more than its length', () => {
  const parts = [
    'a.',
    'a',
    '%',
    '//',
    '//a',
    '@',
    'token',
    'token"',
    'cookie: ',
    'password="\\',
    'bearer ',
    ' ',
    '[',
  ]
  for (const part of parts) {
    const hostile = `password ${part.repeat(400_000 / part.length)}@${'b'.repeat(200_000)}`
    const start = performance.now()
    logged((log) => log.info(hostile))
    // A cost that grows with the square of the length would be minutes.
    assert.ok(performance.now() - start < 5000, part)
  }
})
