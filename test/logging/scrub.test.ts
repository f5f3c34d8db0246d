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

test('a hostile line costs no more than its length', () => {
  const hostile = `${'a.'.repeat(200_000)}@${'b'.repeat(200_000)}`
  const start = performance.now()
  logged((log) => log.info(hostile))
  assert.ok(performance.now() - start < 5000)
})
